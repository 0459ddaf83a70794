"""What all tests share: the folders, the day, and how the real command is run."""

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
DAY = date(2026, 1, 2)
"""The day on which everything in the tests is assessed."""

EXAMPLES = int(os.environ.get("IOP_FIT_EXAMPLES", "100"))
"""How many random sheets each property is tested with; more by hand than in CI."""

UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
"""The environment without coverage: for tests that count modules or seconds."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]
