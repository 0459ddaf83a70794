"""What is left out of the count of covered lines: each with its reason, and few."""

import re
import tomllib
from pathlib import Path

import iop_fit
from support import ROOT

SOURCES = sorted(Path(iop_fit.__file__).parent.rglob("*.py"))
PRAGMA = re.compile(r"#\s*pragma.*", re.IGNORECASE)
WITH_REASON = re.compile(r"# pragma: no (cover|branch) - \w+( \S+){2,}")
MAX_LEFT_OUT = 5


def test_every_line_that_is_left_out_says_why() -> None:
    left_out = [found for path in SOURCES for found in PRAGMA.findall(path.read_text())]
    assert [each for each in left_out if not WITH_REASON.fullmatch(each)] == []
    assert len(left_out) <= MAX_LEFT_OUT


def test_reasons_for_what_is_left_out_everywhere_hold() -> None:
    """No `case` counts as a branch, and `assert_never` is mypy's as well."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    report = tools["coverage"]["report"]
    assert (len(report["exclude_also"]), len(report["partial_also"]), report["fail_under"]) == (1, 1, 100)
    assert (tools["mypy"]["strict"], "exhaustive-match" in tools["mypy"]["enable_error_code"]) == (True, True)
