"""Entry point: importing it runs nothing."""

import sys

import pytest

from iop_fit.__main__ import main
from iop_fit.version import VERSION


def test_main_runs_only_when_called(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["iop-fit", "--version"])
    assert capfd.readouterr() == ("", "")
    main()
    assert capfd.readouterr() == (f"iop-fit {VERSION}\n", "")
