"""A number, a limit and a listing order, from YAML to each place where an answer is read, asked or written."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import iop_fit
from iop_fit.cli.authoring import CheckRequest, check
from iop_fit.cli.lists.questions import questions_text
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.interview.session import run_interview
from iop_fit.storage.answer_files import blank_sheet, dump_sheet, load_sheet, read_loosely
from iop_fit.storage.drafts import Draft
from support import DAY, TESTS
from support.scripted import Script

PATH = TESTS / "questionnaires" / "valid" / "numbers.yaml"
ANSWERS = "answers: {{alone: rarely, drinks: {drinks}, sips: {sips}, matters: {matters}}}\n"


@pytest.fixture(scope="module")
def small() -> Questionnaire:
    return iop_fit.load(PATH)


def file_with(drinks: str = "12.5", sips: str = "daily", matters: str = "[home, cost]") -> str:
    text = ANSWERS.format(drinks=drinks, sips=sips, matters=matters)
    return text if sips else text.replace("sips: , ", "")


def read(small: Questionnaire, **answers: str) -> AnswerSheet:
    return load_sheet(file_with(**answers), "mine.yaml", small).sheet


def problem(small: Questionnaire, **answers: str) -> str:
    with pytest.raises(IopFitError) as caught:
        read(small, **answers)
    return "\n".join(map(str, caught.value.problems))


def asked(small: Questionnaire, *typed: str) -> tuple[AnswerSheet, list[str]]:
    script = Script("g", "1", *typed, "g")
    return run_interview(small, script, Draft(small), about=Audience.ME), script.output


# Files


@pytest.mark.parametrize("written", ["12.5", '"12.5"', "12 1/2", "12.50", "12.5 beers"])
def test_answers_file_holds_the_number(small: Questionnaire, written: str) -> None:
    sheet = read(small, drinks=written)
    assert sheet.answers["drinks"] == Chosen(("many",), 12.5)
    assert json.loads(dump_sheet(sheet, small))["answers"]["drinks"] == 12.5
    assert load_sheet(dump_sheet(sheet, small), "mine.json", small).sheet == sheet


RANGE = '"drinks" takes one number from 0 to 100'
HOW = "  Write a number from 0 to 100, such as 4 or 7.5. To skip it: {skipped: rather-not-say}."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("many", f'mine.yaml:1:34: {RANGE}, not "many".\n{HOW}'),
        ("101", f'mine.yaml:1:34: {RANGE}, not "101".\n{HOW}'),
        ("-1", f'mine.yaml:1:34: {RANGE}, not "-1".\n{HOW}'),
        ("3 or 4", f'mine.yaml:1:34: {RANGE}, not "3…".\n{HOW}'),
        ("[4]", f"mine.yaml:1:35: {RANGE}.\n  Write it without brackets."),
        ("[4, 5]", f"mine.yaml:1:26: {RANGE}.\n{HOW}"),
    ],
)
def test_answers_file_names_a_number_to_mend(small: Questionnaire, written: str, said: str) -> None:
    assert problem(small, drinks=written) == said


def test_answers_file_refuses_too_many_options(small: Questionnaire) -> None:
    said = '"matters" takes at most 2 options, not 3.\n  Keep up to two: those that matter most.'
    assert problem(small, matters="[home, job, cost]").endswith(said)
    assert read(small, matters="[]").answers["matters"] == Chosen(())


def test_answers_file_explains_doesnt_apply(small: Questionnaire) -> None:
    said = problem(small, drinks="{skipped: does-not-apply}")
    assert said.endswith("write the number that says so, or {skipped: dont-know}.")


def test_draft_drops_a_number_out_of_range(small: Questionnaire) -> None:
    assert "drinks" in read_loosely(file_with(), "draft.yaml", small).sheet.answers
    resumed = read_loosely(file_with("500", ""), "draft.yaml", small)
    assert (len(resumed.earlier), sorted(resumed.sheet.answers)) == (1, ["alone", "matters"])


# Interview


def test_interview_asks_again_until_a_number_is_clear(small: Questionnaire) -> None:
    unclear = ["", "3 or 4", "-2", "500", "a lot", "1e9", "nan"]
    sheet, said = asked(small, *unclear, "12 beers", "1", "0")
    assert sheet.answers["drinks"] == Chosen(("many",), 12)
    assert said.count("Please type one number from 0 to 100, such as 4 or 7.5.") == len(unclear)
    assert "Type a number, such as 4 or 7.5." in said
    assert not any("3 or 4" in line and "drinks" in line for line in said)
    assert not any(line.endswith("8 or more") for line in said)


def test_interview_lists_options_from_the_most(small: Questionnaire) -> None:
    sheet, said = asked(small, "12", "1", "0")
    assert sheet.answers["sips"] == Chosen(("daily",))
    numbered = [line.split() for line in said if line.endswith(("Never", "Monthly", "Daily"))]
    assert [words for words in numbered if len(words) == 2] == [["1", "Daily"], ["2", "Monthly"], ["3", "Never"]]


def test_interview_takes_at_most_so_many_options(small: Questionnaire) -> None:
    sheet, said = asked(small, "2", "1 2 3", "3 1")
    assert sheet.answers["matters"] == Chosen(("home", "cost"))
    assert "Pick up to two, like: 1 3" in said
    assert said.count("Please type up to 2 numbers from 1 to 3, like: 1 3. Or 0 alone for none of these.") == 1


# Results


def result_of(small: Questionnaire, **answers: str) -> Assessment:
    return assess(small, read(small, **answers), on=DAY)


def test_result_says_the_number_and_not_its_band(small: Questionnaire) -> None:
    result = result_of(small)
    assert result.direction is not None
    assert result.direction.id == "more"
    for name in ("text", "markdown", "html", "plain"):
        text = iop_fit.export(result, name).decode() if name != "text" else iop_fit.render(result, full=True)
        assert "12.5 drinks" in text
    assert small.questions["drinks"].words_for(Chosen(("few",), 1)) == "1 drink"


def test_result_for_programs_has_the_number(small: Questionnaire) -> None:
    written = json.loads(iop_fit.render(result_of(small), "json"))
    assert written["answers"]["drinks"] == 12.5
    (fired,) = [each for each in written["fired"] if each["id"] == "drinks-many"]
    assert fired["answers"] == [{"id": "drinks", "labels": ["8 or more"], "number": 12.5}]
    (change,) = written["changes"]
    assert change["steps"] == [{"id": "drinks", "now": ["many"], "then": ["some"]}]


def fhir_items(small: Questionnaire, answer: Answer) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Yield each question of FHIR with what answers it."""
    sheet = read(small).with_answer("drinks", answer)
    form, response = (
        each["resource"] for each in json.loads(iop_fit.render(assess(small, sheet, on=DAY), "fhir"))["entry"]
    )
    answers = {item["linkId"]: item for group in response["item"] for item in group["item"]}
    for group in form["item"]:
        yield from ((item, answers.get(item["linkId"], {})) for item in group["item"])


def test_fhir_holds_the_number_as_a_decimal(small: Questionnaire) -> None:
    found = {str(item["linkId"]): (item, answer) for item, answer in fhir_items(small, Chosen(("many",), 12.5))}
    item, answer = found["drinks"]
    assert (item["type"], answer["answer"]) == ("decimal", [{"valueDecimal": 12.5}])
    assert "answerOption" not in item
    assert json.dumps(item["extension"]).count('"valueDecimal"') == 2
    assert '{"display": "drinks"}' in json.dumps(item["extension"])
    compared = {"question": "drinks", "operator": ">=", "answerDecimal": 8}
    skip = [
        {"question": "skip.drinks", "operator": "=", "answerCoding": option["valueCoding"]}
        for option in found["skip.drinks"][0]["answerOption"]  # type: ignore[attr-defined]
    ]
    assert found["sips"][0]["enableWhen"] == [compared, *skip]
    assert found["skip.drinks"][1] == {}
    offered: list[dict[str, dict[str, str]]] = found["sips"][0]["answerOption"]  # type: ignore[assignment]
    assert [option["valueCoding"]["display"] for option in offered][:3] == ["Daily", "Monthly", "Never"]


def test_fhir_says_why_a_number_is_absent(small: Questionnaire) -> None:
    found = {str(item["linkId"]): answer for item, answer in fhir_items(small, Skipped(SkipReason.DONT_KNOW))}
    assert "answer" not in found["drinks"]
    assert '"asked-unknown"' in json.dumps(found["drinks"]["extension"])
    assert '"asked-unknown"' in json.dumps(found["skip.drinks"]["answer"])  # clients drop the extension


# Check and lists


def test_check_shows_the_number_that_decides(tmp_path: Path) -> None:
    rule = (
        "  - {id: alone-often, raises: more, when: {alone: {at least: often}}, because: Many evenings are spent alone.}"
    )
    only_drinks = tmp_path / "questions.yaml"
    only_drinks.write_text(PATH.read_text().replace(rule, ""))
    assert "more: drinks = 8\n" in check(CheckRequest(only_drinks, on=DAY)).output


def test_lists_show_bands_and_the_listed_order() -> None:
    text = questions_text(PATH, "text")
    assert "  (a number; about need)\n  - few: 1 or 2 (from 0)\n  - some: 3 or 4 (from 3)\n" in text
    assert "  - daily: Daily\n  - monthly: Monthly\n  - never: Never\n" in text
    (drinks,) = [each for each in json.loads(questions_text(PATH, "json"))["questions"] if each["id"] == "drinks"]
    bands = {"few": 0, "some": 3, "many": 8}
    assert drinks["number"] == {"from": 0, "up_to": 100, "unit": "drinks", "bands": bands}


def test_blank_sheet_says_which_numbers_to_write(small: Questionnaire) -> None:
    blank = blank_sheet(small)
    assert "  # How many drinks?\n  #   Write a number from 0 to 100, such as 4 or 7.5.\n  drinks:\n" in blank
    assert "  #   daily: Daily\n  #   monthly: Monthly\n  #   never: Never\n" in blank


def test_rank_does_not_depend_on_the_listed_order(small: Questionnaire) -> None:
    sips = small.questions["sips"]
    assert [option.id for option in sips.options] == ["never", "monthly", "daily"]
    assert sips.reach["monthly"] == {("sips", "monthly")}
    assert list(sips.misfits(Written("Daily")))
