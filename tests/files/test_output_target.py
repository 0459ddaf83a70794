"""What the environment says about standard output."""

import sys
from collections.abc import Mapping
from io import StringIO

import pytest

from iop_fit.files.output_target import OutputTarget, detect_output
from support.terminals import NOT_INHERITED


class FakeScreen(StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def detected(monkeypatch: pytest.MonkeyPatch) -> "Detected":
    for name in NOT_INHERITED:
        monkeypatch.delenv(name, raising=False)
    return Detected(monkeypatch)


class Detected:
    """Detects standard output in a given environment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def __call__(self, environment: Mapping[str, str], *, on_screen: bool = True) -> OutputTarget:
        self.monkeypatch.setattr(sys, "stdout", FakeScreen() if on_screen else StringIO())
        for name, value in {"TERM": "xterm", **environment}.items():
            self.monkeypatch.setenv(name, value)
        return detect_output()


@pytest.mark.parametrize("name", ["IOP_FIT_PLAIN", "ACCESSIBLE"])
@pytest.mark.parametrize(
    ("value", "plain"),
    [
        *((value, True) for value in ("1", "true", "yes", "x")),
        *((value, False) for value in ("0", "false", "FALSE", "", " 0 ", "no", "off")),
    ],
)
def test_plain_is_off_if_the_variable_says_so(detected: Detected, name: str, value: str, plain: bool) -> None:
    assert detected({name: value}).plain is plain


COLORS: list[tuple[dict[str, str], bool, bool]] = [
    ({}, True, False),
    ({"NO_COLOR": "1"}, False, False),
    ({"NO_COLOR": "0"}, False, False),
    ({"NO_COLOR": ""}, True, False),
    ({"FORCE_COLOR": "1"}, True, True),
    ({"FORCE_COLOR": "0"}, True, False),
    ({"CLICOLOR_FORCE": "1"}, True, True),
    ({"CLICOLOR_FORCE": "0"}, True, False),
    ({"CLICOLOR": "0"}, False, False),
    ({"CLICOLOR": ""}, True, False),
    ({"CLICOLOR": "1"}, True, False),
    ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True, True),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
    ({"IOP_FIT_PLAIN": "1", "FORCE_COLOR": "1"}, False, False),
    ({"TERM": "dumb"}, False, False),
    ({"TERM": "dumb", "FORCE_COLOR": "1"}, False, True),
]
"""Environments, each with whether a screen and whether a file gets colors."""


@pytest.mark.parametrize(("environment", "on_screen", "in_file"), COLORS)
def test_color_follows_the_variables(
    detected: Detected, environment: dict[str, str], on_screen: bool, in_file: bool
) -> None:
    assert detected(environment).color is on_screen
    assert detected(environment, on_screen=False).color is in_file


@pytest.mark.parametrize(("value", "width"), [("40", 40), ("0", 80), ("", 80), ("wide", 80), ("-5", 80), ("²", 80)])
def test_width_is_columns_or_eighty(
    detected: Detected, monkeypatch: pytest.MonkeyPatch, value: str, width: int
) -> None:
    monkeypatch.setattr(sys, "__stdout__", None)
    assert detected({"COLUMNS": value}, on_screen=False).width == width
