"""Messages of many problems: the first ones, how many more, and unanswered questions in one line."""

import json
from pathlib import Path

import pytest

import iop_fit
from iop_fit.cli.authoring import CheckRequest, check
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.nodes import MORE, Problems
from iop_fit.limits import MAX_MISSING_SHOWN, MAX_PROBLEMS, MAX_SHOWN
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import load_sheet
from support import DAY, TESTS

FOLDER = iop_fit.load(TESTS / "questionnaires" / "valid" / "folder")


def wrong(number: int) -> Problem:
    return Problem(Code.UNKNOWN_QUESTION, f"Wrong {number}.", Place("a.yaml", number, 1))


def missing(number: int) -> Problem:
    return Problem(Code.MISSING_ANSWER, f"Missing {number}.", Place("a.yaml", 1, 1), "Write it.", f"q{number}")


def test_error_lists_the_first_problems_and_counts_the_rest() -> None:
    error = IopFitError(map(wrong, range(1, 31)))
    assert len(error.problems) == 30
    first = "\n".join(f"a.yaml:{number}:1: Wrong {number}." for number in range(1, MAX_SHOWN + 1))
    assert str(error) == f"{first}\n... and 20 more."


def test_error_lists_as_many_problems_as_fit() -> None:
    assert str(IopFitError(map(wrong, range(1, MAX_SHOWN + 1)))).count("\n") == MAX_SHOWN - 1


def test_error_counts_unanswered_questions_after_wrong_ones() -> None:
    error = IopFitError([*map(missing, range(42)), wrong(2)])
    assert str(error) == (
        "a.yaml:2:1: Wrong 2.\n"
        'a.yaml:1:1: 42 questions have no answer yet: "q0", "q1", "q2", "q3", "q4" and 37 more.\n'
        "  `iop-fit questions` lists how each can be answered. A question can be skipped, too."
    )


def test_error_explains_a_few_unanswered_questions() -> None:
    error = IopFitError([*map(missing, range(MAX_MISSING_SHOWN)), wrong(2)])
    listed = "\n".join(f"a.yaml:1:1: Missing {number}.\n  Write it." for number in range(MAX_MISSING_SHOWN))
    assert str(error) == f"a.yaml:2:1: Wrong 2.\n{listed}"


def test_error_says_last_that_reading_stopped() -> None:
    with pytest.raises(IopFitError) as caught:
        Problems().extend(map(wrong, range(1, MAX_PROBLEMS + 2)))
    assert str(caught.value).endswith(f"\n... and {MAX_PROBLEMS - MAX_SHOWN} more.\n{MORE}")


def test_unanswered_questions_are_named_in_the_problems() -> None:
    with pytest.raises(IopFitError) as caught:
        load_sheet("answers: {slep: good}", "a.yaml", FOLDER)
    assert [each.unanswered for each in caught.value.problems if each.unanswered] == [
        "sleep",
        "used",
        "pay",
        "home-safe",
    ]


def test_check_lists_the_first_problems_and_json_all(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    minimal = (TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text("utf-8")
    path.write_text(minimal + "".join(f"wrong-{number}: x\n" for number in range(15)))
    text, data = (check(CheckRequest(path, DAY, format=name)).output for name in ("text", "json"))
    assert text.count(": problem [unknown-key]\n") == MAX_SHOWN
    assert text.endswith(
        "\n... and 5 more. `--format json` lists all of them.\n\n"
        "Answer sheets were not checked. Fix the problems first.\n15 problems.\n"
    )
    assert len(json.loads(data)["told"]) == 15
