"""Invisible and look-alike signs: each is named with its place."""

import sys
from pathlib import Path

import pytest

import iop_fit
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.signs import describe_sign, is_sign, name_signs, sign_problem
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.loading.loader import load_questionnaire
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import load_sheet
from support import TESTS

SPANISH = TESTS / "questionnaires" / "valid" / "spanish.yaml"
QUESTIONNAIRE = iop_fit.load(SPANISH)
NO_OPTION = '"how" has no option "{}".'
ONE_OF = "Write one of these: good, mid, bad. To skip it: {skipped: rather-not-say}."
NO_QUESTION = "There is no such question."
KNOWN = "Known here: words, how, what."


def problem_of(line: str) -> tuple[str, str, str]:
    """Return the place, message and hint of the first problem of an answers file with a line."""
    text = f"questionnaire: spanish\nanswers:\n  words: hi – “you”\n  {line}\n  what: []\n"  # noqa: RUF001
    with pytest.raises(IopFitError) as caught:
        load_sheet(text, "a.yaml", QUESTIONNAIRE)
    first = min(caught.value.problems, key=lambda each: each.unanswered != "")
    assert first.place
    return f"{first.place.line}:{first.place.column}", first.message, first.hint


BROKEN = {
    "no-break space": ("how:\u00a0mid", "4:7", "U+00A0 (no-break space)", "Replace it with a plain space."),
    "ideographic space": ("how:\u3000mid", "4:7", "U+3000 (ideographic space)", "Replace it with a plain space."),
    "full-width colon": ("how\uff1a mid", "4:6", "U+FF1A (fullwidth colon)", "Replace it with `:`."),
    "tab": ("\thow: mid", "4:3", "U+0009 (tab)", "Indent with spaces only."),
    "closing quote": (
        'how: "mid\u201d',
        "4:12",
        "U+201D (right double quotation mark)",
        "Replace it with a straight quote, or leave it out.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_sign_that_breaks_yaml_is_the_problem(name: str) -> None:
    line, place, sign, hint = BROKEN[name]
    assert problem_of(line) == (place, f"{sign} can't be used here.", hint)


WRONG = {
    "quotes": ("how: \u201cmid\u201d", "4:8", "…", "U+201C (left double quotation mark) in column 8", "mid"),
    "zero width": ("how: mid\u200b", "4:8", "mid…", "U+200B (zero width space) in column 11", "mid"),
    "soft hyphen": ("how: mi\u00add", "4:8", "mi…", "U+00AD (soft hyphen) in column 10", "mid"),
    "mark of order": ("how: \ufeffmid", "4:8", "…", "U+FEFF (zero width no-break space) in column 8", "mid"),
    "mark of direction": ("how: \u200emid", "4:8", "…", "U+200E (left-to-right mark) in column 8", "mid"),
    "no-break space": ("how: mid\u00a0", "4:8", "mid…", "U+00A0 (no-break space) in column 11", "mid"),
    "digit": ("how: \uff13", "4:8", "\uff13", "U+FF13 (fullwidth digit three) in column 8", ""),
    "letter": ("how: g\u043eod", "4:8", "g\u043eod", "U+043E (cyrillic small letter o) in column 9", "good"),
}


@pytest.mark.parametrize("name", WRONG)
def test_sign_in_an_option_is_named_in_the_hint(name: str) -> None:
    line, place, quoted, sign, meant = WRONG[name]
    suggestion = f'Did you mean "{meant}"? ' if meant else ""
    assert problem_of(line) == (place, NO_OPTION.format(quoted), f"It has {sign}. {suggestion}{ONE_OF}")


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("\u00a0 how: mid", "U+00A0 (no-break space) in column 3"),
        ("h\u043ew: mid", "U+043E (cyrillic small letter o) in column 4"),
        ("\u2013 how: mid", "U+2013 (en dash) in column 3"),
        ("\u200bhow: mid", "U+200B (zero width space) in column 3"),
        ("x: \uff3bwalk\uff3d", "U+FF3B (fullwidth left square bracket) in column 6"),
    ],
)
def test_sign_in_a_key_is_named_in_the_hint(line: str, sign: str) -> None:
    assert problem_of(line) == ("4:3", NO_QUESTION, f"It has {sign}. {KNOWN}")


@pytest.mark.parametrize(
    "line", ["how: \u043c\u0438\u0434", "how: quite bad \u2013 I think", "how: caf\u00e9", "how: worse"]
)
def test_other_words_get_no_sign(line: str) -> None:
    assert "U+" not in "".join(problem_of(line))


def test_missing_colon_is_reported_at_its_own_line() -> None:
    place, message, _ = problem_of("how:mid")
    assert (place, message) == ("4:3", "This is not valid YAML (could not find expected ':').")


@pytest.mark.parametrize(
    ("text", "place", "sign"),
    [
        ("{\u201cformat\u201d: 1}", "1:2", "U+201C (left double quotation mark)"),
        ('{"a"\uff1a 1}', "1:5", "U+FF1A (fullwidth colon)"),
        ('{\n\u00a0"a": 1}', "2:1", "U+00A0 (no-break space)"),
        ('{"a": "b\tc"}', "1:9", "U+0009 (tab)"),
    ],
)
def test_sign_that_breaks_json_is_the_problem(text: str, place: str, sign: str) -> None:
    with pytest.raises(IopFitError) as caught:
        read_nodes(text, "a.json")
    assert str(caught.value).startswith(f"a.json:{place}: {sign} can't be used here.\n")


def test_control_character_is_named() -> None:
    with pytest.raises(IopFitError) as caught:
        read_nodes("a: b\n\u0007", "a.yaml")
    assert str(caught.value) == (
        "a.yaml:2:1: U+0007 (control character) is not allowed in a text file.\n  Delete it; it may be invisible."
    )


def test_sign_in_a_questionnaire_is_named(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(SPANISH.read_text("utf-8").replace("raises: more", "raises: mor\u0435"), encoding="utf-8")
    with pytest.raises(IopFitError) as caught:
        load_questionnaire(path)
    assert "It has U+0435 (cyrillic small letter ie) in column 31." in str(caught.value)


def test_problems_without_a_place_stay_as_they_are() -> None:
    with pytest.raises(IopFitError) as caught:
        load_sheet("answers: {x: 1}", "a.yaml", QUESTIONNAIRE)
    problems = tuple(each._replace(place=None) for each in caught.value.problems)
    assert name_signs(problems, {"a.yaml": "\u200b"}) == problems


def test_every_sign_has_a_name_and_advice() -> None:
    for letter in filter(is_sign, map(chr, range(sys.maxunicode + 1))):
        problem = sign_problem(Code.BROKEN_YAML, "a.yaml", letter, 1, 1)
        assert (problem.message + problem.hint).isprintable()
        assert problem.hint.isascii()


def test_open_text_in_json_is_no_sign() -> None:
    with pytest.raises(IopFitError) as caught:
        read_nodes('{"a": "b\n}', "a.json")
    assert str(caught.value).startswith("a.json:1:9: This is not valid JSON (Invalid control character at).")


def test_sign_in_json_is_found_on_the_line_of_json() -> None:
    text = '{"answers": {"words": "\u2028",\n"how": "\u201cmid\u201d", "what": []}}'
    with pytest.raises(IopFitError) as caught:
        load_sheet(text, "a.json", QUESTIONNAIRE)
    assert str(caught.value).startswith(
        'a.json:2:8: "how" has no option "…".\n  It has U+201C (left double quotation mark) in column 9.'
    )


def test_sign_without_a_name_is_described() -> None:
    assert [describe_sign(sign) for sign in "\t\x85\u200b"] == [
        "U+0009 (tab)",
        "U+0085 (control character)",
        "U+200B (zero width space)",
    ]
