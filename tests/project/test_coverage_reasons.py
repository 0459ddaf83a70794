"""Lines excluded from coverage are few, each with a reason."""

import re
import tomllib
from pathlib import Path

import iop_fit
from support import ROOT

SOURCES = sorted(Path(iop_fit.__file__).parent.rglob("*.py"))
PRAGMA = re.compile(r"#\s*pragma.*", re.IGNORECASE)
WITH_REASON = re.compile(r"# pragma: no (cover|branch) - \w+( \S+){2,}")
MAX_EXCLUDED = 5


def test_every_excluded_line_has_a_reason() -> None:
    excluded = [found for path in SOURCES for found in PRAGMA.findall(path.read_text())]
    assert [each for each in excluded if not WITH_REASON.fullmatch(each)] == []
    assert len(excluded) <= MAX_EXCLUDED


def test_global_coverage_exclusions_hold() -> None:
    """No `case` counts as a branch, and mypy checks `assert_never` too."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    report = tools["coverage"]["report"]
    assert (len(report["exclude_also"]), len(report["partial_also"]), report["fail_under"]) == (1, 1, 100)
    assert (tools["mypy"]["strict"], "exhaustive-match" in tools["mypy"]["enable_error_code"]) == (True, True)
