"""Answers from a path, text, a mapping or a stream are the same, and each problem says where it is."""

import io
import json
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_BYTES, MAX_DEPTH
from iop_fit.storage.answer_files import dump_sheet
from support import DAY, ROOT
from support.sheets import sheets

PATH = ROOT / "examples" / "everyday-drinking.yaml"
TEXT = PATH.read_text()
QUESTIONNAIRE = iop_fit.load()
WHOLE: dict[str, object] = yaml.load(TEXT, yaml.BaseLoader)  # keeps each value as text, as our reader does


@pytest.fixture(scope="module")
def sheet() -> AnswerSheet:
    return iop_fit.load_answers(PATH, QUESTIONNAIRE)


class Slowly(io.BytesIO):
    """A stream that returns one byte at a time, as a pipe can."""

    name = 3

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(1, size or 0))


def spooled() -> SpooledTemporaryFile[bytes]:
    """Return what web frameworks have an uploaded file in."""
    file = SpooledTemporaryFile()  # noqa: SIM115  # the test closes it
    file.write(TEXT.encode())
    file.seek(0)
    return file


SOURCES: dict[str, Callable[[], object]] = {
    "path": lambda: PATH,
    "path as text": lambda: str(PATH),
    "mapping": lambda: WHOLE,
    "read-only mapping": lambda: MappingProxyType(WHOLE),
    "text stream": lambda: io.StringIO(TEXT),
    "byte stream": lambda: io.BytesIO(TEXT.encode()),
    "slow stream": lambda: Slowly(TEXT.encode()),
    "upload": spooled,
    "open file": lambda: PATH.open(encoding="utf-8"),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_each_source_gives_the_same_sheet(source: Callable[[], object], sheet: AnswerSheet) -> None:
    opened = source()
    assert iop_fit.load_answers(opened, QUESTIONNAIRE) == sheet  # type: ignore[call-overload]
    if isinstance(opened, io.IOBase | SpooledTemporaryFile):
        opened.close()


@pytest.mark.parametrize("text", [TEXT, TEXT.encode(), f"\ufeff{TEXT}", TEXT.replace("\n", "\r\n")])
def test_text_gives_the_same_sheet(text: str | bytes, sheet: AnswerSheet) -> None:
    assert iop_fit.load_answers(text=text, questionnaire=QUESTIONNAIRE) == sheet


@settings(max_examples=40)
@given(sheets(QUESTIONNAIRE))
def test_mapping_of_json_gives_the_same_sheet(sheet: AnswerSheet) -> None:
    assert iop_fit.load_answers(json.loads(dump_sheet(sheet, QUESTIONNAIRE)), QUESTIONNAIRE) == sheet


def problems(source: object) -> list[str]:
    with pytest.raises(iop_fit.IopFitError) as caught:
        iop_fit.load_answers(source, QUESTIONNAIRE)  # type: ignore[call-overload]
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def changed(**answers: object) -> dict[str, object]:
    given = WHOLE["answers"]
    assert isinstance(given, dict)
    return {**WHOLE, "answers": {**given, **{name.replace("_", "-"): answer for name, answer in answers.items()}}}


class Strange:
    """A value that no answers file has."""


LOOP: dict[str, object] = {}
LOOP["answers"] = {"used": [LOOP]}
WRONG: dict[str, tuple[object, list[str]]] = {
    "option": (changed(mood="fine"), ['answers.mood: "mood" has no option "fine".']),
    "list": (changed(used=["alcohol", "heron"]), ['answers.used[1]: "used" has no option "heron".']),
    "skip": (changed(mood={"skipped": "no"}), ['answers.mood.skipped: "no" is not a reason for skipping.']),
    "private": (changed(home_safety="heron"), ['answers.home-safety: "home-safety" has no such option.']),
    "unknown id": (changed(heron="swan"), ["key 32 of answers: There is no such question."]),
    "blank": (changed(mood=None), ['answers.mood: "mood" has no answer yet: In the past 30 days, how often did']),
    "NaN": (changed(mood=math.nan), ['answers.mood: "mood" has no answer yet: In the past 30 days, how often did']),
    "flag": (changed(mood=True), ['answers.mood: "mood" has no option "true".']),
    "huge number": (changed(age=10**5000), ["answers.age: "]),
    "infinite": (changed(age=math.inf), ["answers.age: "]),
    "other type": (changed(mood=Strange()), ["answers.mood: This must be text, a number, a list or a mapping, not "]),
    "bytes": (changed(mood=b"fine"), ["answers.mood: This must be text, a number, a list or a mapping, not bytes."]),
    "decimal": (changed(age=Decimal(34)), ["answers.age: This must be text, a number, a list or a mapping, not Dec"]),
    "number as key": ({"answers": {}, 7: 1}, ["key 2 of mapping: A key must be text, not int."]),
    "half character": (changed(note="\ud83d"), ["answers.note: This text contains half of a character (a lone surr"]),
    "loop": (LOOP, ["answers.used[0].answers.used[0]"]),
    "too much text": (changed(note="a" * (MAX_BYTES + 1)), ["answers.note: This mapping holds more than 1,048,576 c"]),
    "no answers": (
        {"mood": "rarely"},
        ['mapping: This answers file has no "answers".', "mood: An answers "],
    ),
    "other questionnaire": (
        {**WHOLE, "questionnaire": "heron"},
        ["questionnaire: These answers are for"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), WRONG.values(), ids=WRONG)
def test_mapping_problems_name_the_key(source: object, expected: list[str]) -> None:
    found = problems(source)
    assert [each[: len(start)] for each, start in zip(found, expected, strict=True)] == expected


def test_mapping_is_nested_no_deeper_than_a_file() -> None:
    assert f"more than {MAX_DEPTH} levels deep" in problems(LOOP)[0]


def test_numbers_of_other_libraries_are_numbers() -> None:
    """As those of NumPy, which register as numbers too."""
    for age in (34, 34.0, Fraction(34), "34"):
        given = iop_fit.load_answers(changed(age=age), QUESTIONNAIRE).answers["age"]
        assert isinstance(given, iop_fit.Chosen)
        assert given.number == 34


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answers: {mood: fine}", 'text:1:17: "mood" has no option "fine".'),
        (b"answers: \xff", "text:1:10: This file is not valid UTF-8 from here on."),
        ("answers: '\ud83d'", "text:1:11: This file is not valid UTF-8 from here on."),
        ("", "text: This file is empty."),
        ("a" * (MAX_BYTES + 1), "text: This file is larger than 1,048,576 bytes, so it was not read."),
        (str(PATH), "text:1:1: An answers file must be a mapping, not a single value."),
    ],
)
def test_text_problems_have_a_line(text: str | bytes, expected: str) -> None:
    with pytest.raises(iop_fit.IopFitError) as caught:
        iop_fit.load_answers(text=text, questionnaire=QUESTIONNAIRE)
    assert str(caught.value.problems[-1]).splitlines()[0] == expected


def test_stream_problems_name_the_stream(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("answers: {mood: fine}")
    with (tmp_path / "mine.yaml").open("rb") as file:
        assert problems(file)[-1] == f'{tmp_path}/mine.yaml:1:17: "mood" has no option "fine".'
    assert problems(io.StringIO("answers: {mood: fine}"))[-1] == 'stream:1:17: "mood" has no option "fine".'


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (TEXT, "a str is a path; pass the text of a file as text=..."),
        ('{"answers": {"mood": "heron"}}', "a str is a path; pass the text of a file as text=..."),
        (TEXT.encode(), "pass a path, a mapping, a stream, or text=..., not bytes"),
        (["heron"], "pass a path, a mapping, a stream, or text=..., not list"),
        (None, "pass one source: a path, a mapping, a stream, or text=..."),
    ],
)
def test_wrong_source_is_a_type_error_that_repeats_nothing(source: object, said: str) -> None:
    with pytest.raises(TypeError) as caught:
        iop_fit.load_answers(source, QUESTIONNAIRE)  # type: ignore[call-overload]
    assert str(caught.value) == said


def test_two_sources_and_no_questionnaire_are_type_errors() -> None:
    with pytest.raises(TypeError, match="pass one source"):
        iop_fit.load_answers(PATH, QUESTIONNAIRE, text=TEXT)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="pass the questionnaire"):
        iop_fit.load_answers(text=TEXT)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="a stream must return text or bytes, not list"):
        iop_fit.load_answers(ReadsLists(), QUESTIONNAIRE)  # type: ignore[call-overload]


class ReadsLists:
    def read(self, _: int) -> list[str]:
        return ["heron"]


def test_assess_takes_a_mapping_and_needs_no_private_answer(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    expected = iop_fit.assess(questionnaire, sheet, on=DAY)
    given = WHOLE["answers"]
    assert isinstance(given, dict)
    public = {**WHOLE, "answers": {name: answer for name, answer in given.items() if name != "home-safety"}}
    for source in (WHOLE, public, changed(home_safety="heron")):
        assert iop_fit.assess(questionnaire, source, on=DAY) == expected
    whole = iop_fit.assess(questionnaire, sheet, on=DAY, include_private=True)
    assert iop_fit.assess(questionnaire, WHOLE, on=DAY, include_private=True) == whole
    with pytest.raises(iop_fit.IopFitError, match='"home-safety" has no answer yet'):
        iop_fit.assess(questionnaire, public, on=DAY, include_private=True)
