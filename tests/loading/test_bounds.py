"""Limits on the size of a questionnaire, lowered here to keep the tests fast."""

from pathlib import Path

import pytest

from iop_fit.checking import example_files
from iop_fit.domain import expansion
from iop_fit.errors import IopFitError
from iop_fit.loading import guidance_reader, records
from iop_fit.loading.loader import load_questionnaire
from iop_fit.loading.questions import options
from support import ROOT

MINIMAL = ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml"
TOO_LARGE = (
    "too large to evaluate, including the signs and alerts named in it.\n"
    "  Name fewer signs and alerts, or require less."
)


def problems() -> list[str]:
    with pytest.raises(IopFitError) as caught:
        load_questionnaire(MINIMAL)
    return [str(problem).removeprefix(f"{MINIMAL}:") for problem in caught.value.problems]


def test_records_beyond_the_limit_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_RECORDS", 1)
    hint = "Split it into several questionnaires."
    assert [each for each in problems() if hint in each] == [
        f"37:5: There are more than 1 directions; all from here on were ignored.\n  {hint}",
        f"46:5: There are more than 1 rules; all from here on were ignored.\n  {hint}",
    ]


def test_options_beyond_the_limit_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "MAX_OPTIONS", 2)
    assert problems() == [
        "19:18: A question can have at most 2 options, not 3.\n  Split it into several questions.",
        '46:69: "alone" has no option "always".\n  Known here: rarely, often.',
    ]


def test_too_many_needs_in_total_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guidance_reader, "MAX_NEEDS", 1)
    message = f"With this rule, more than 1 combinations of answers fire some rule.\n  {guidance_reader.SHORTER}"
    assert problems() == [f"45:43: {message}"]


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [
        ("MAX_STEPS", 0, [f"{place}: This condition is {TOO_LARGE}" for place in ("45:43", "46:50")]),
        ("MAX_NESTED", 0, [f"{place}: This condition is {TOO_LARGE}" for place in ("45:43", "46:50")]),
        ("MAX_TOTAL_STEPS", 500, [f"45:43: This condition and those before it are {TOO_LARGE}"]),
    ],
)
def test_too_expensive_condition_is_rejected(
    monkeypatch: pytest.MonkeyPatch, bound: str, value: int, expected: list[str]
) -> None:
    monkeypatch.setattr(expansion, bound, value)
    assert problems() == expected


def test_too_large_examples_are_rejected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(example_files, "MAX_EXAMPLES_SIZE", 1_000)
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.yaml").write_text("#" * 500)
    reading = example_files.example_texts(tmp_path)
    assert [Path(next(reading)[0]).name for _ in range(2)] == ["one.yaml", "three.yaml"]
    with pytest.raises(IopFitError) as caught:
        next(reading)
    assert str(caught.value) == (
        f"{tmp_path / 'two.yaml'}: With this file the examples hold more than 1,000 characters, "
        "so no more were read.\n  An example is about a page long. Check the path of the folder."
    )
