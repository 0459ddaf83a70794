"""The command line that starts this program again, in the way in which it was started."""

import os
import sys
from pathlib import Path
from shlex import join
from shutil import which

__all__ = ["command_line"]

MODULE = str(Path(__file__).parent.parent / "__main__.py")


def command_line(*arguments: str) -> str:
    """Return a command for this program, quoted for the shell: `iop-fit` if that is found, else the path that works.

    `python -m iop_fit` stays so, and `make assess` gives `.venv/bin/iop-fit`. Within another program it is `iop-fit`.
    """
    started = sys.argv[0] if sys.argv else ""
    if started == MODULE:
        return join((_shortest(sys.executable), "-m", "iop_fit", *arguments))
    is_script = Path(started).name.startswith("iop-fit") and Path(started).is_file()
    return join((_shortest(started) if is_script else "iop-fit", *arguments))


def _shortest(program: str) -> str:
    """Return the name of a program if the shell finds this very program by it, else its path, relative if it is near.

    `uvx` and `uv run` set `UV`, and a `PATH` that ends with them.
    """
    path = _absolute(program)
    found = None if "UV" in os.environ else which(path.name)
    if found and _absolute(found) == path:
        return path.name
    try:
        near = path.relative_to(_absolute("."))
    except (ValueError, OSError):  # somewhere else, or the current folder was deleted
        return str(path)
    return str(near) if len(near.parts) > 1 else f"./{near}"


def _absolute(path: str) -> Path:
    """Return a path without links in its folders; the last part may be one, as in a virtual environment."""
    whole = os.path.abspath(path)  # noqa: PTH100  # `Path.absolute` keeps `..`
    return Path(os.path.realpath(os.path.dirname(whole))) / os.path.basename(whole)  # noqa: PTH119, PTH120
