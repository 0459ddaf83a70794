"""Folders for temporary files of other libraries, which hold answers."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir

from iop_fit.files.temporary import process_exists

__all__ = ["scratch_folder"]

PREFIX = ".iop-fit-scratch-"
OURS = re.compile(rf"{re.escape(PREFIX)}([0-9]+)-\w+")


@contextmanager
def scratch_folder(folder: Path | None) -> Iterator[Path]:
    """Make a folder that only this account can read, in another one or in that of the system, and delete it at the end.

    Deletes those that killed processes left there, too.
    """
    parent = folder or Path(gettempdir())
    with suppress(OSError):
        for path in parent.iterdir():
            left = OURS.fullmatch(path.name)
            if left and left[1] != str(os.getpid()) and not process_exists(left[1]):
                rmtree(path, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=parent, ignore_cleanup_errors=True) as made:
        yield Path(made)
