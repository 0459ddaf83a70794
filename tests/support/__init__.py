"""What all tests share: the folders, the day, and how the real command is run."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from datetime import date
from pathlib import Path
from shlex import join

from iop_fit.files.invocation import _shortest

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
DAY = date(2026, 1, 2)
"""The day on which everything in the tests is assessed."""

EXAMPLES = int(os.environ.get("IOP_FIT_EXAMPLES", "100"))
"""How many random sheets each property is tested with; more by hand than in CI."""

UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
"""The environment without coverage: for tests that count modules or seconds."""


def restarted(*arguments: str) -> str:
    """Return the command line that a program started by `Run` or `Terminal` in another folder names."""
    with chdir(TESTS / "support"):
        return join((_shortest(sys.executable), "-m", "iop_fit", *arguments))


Run = Callable[..., "subprocess.CompletedProcess[str]"]
