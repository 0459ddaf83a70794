"""The way in from a start script, which imports it: nothing runs before it is called."""

import sys

import pytest

from iop_fit.__main__ import main
from iop_fit.version import VERSION


def test_main_that_was_imported_answers_when_it_is_called(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["iop-fit", "--version"])
    assert capfd.readouterr() == ("", "")
    main()
    assert capfd.readouterr() == (f"iop-fit {VERSION}\n", "")
