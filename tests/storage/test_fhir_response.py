"""A FHIR QuestionnaireResponse is read as the answers it holds, with every problem at its place."""

import json
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.report.to_fhir import to_fhir
from iop_fit.storage.answer_files import AnswersFile, load_sheet
from iop_fit.storage.fhir.form import Form
from iop_fit.text import sanitize
from support import DAY, ROOT, TESTS
from support.example_results import AT_THE_LINES, EXAMPLES, public_result_of, read, result_of
from support.sheets import sheets
from support.side_by_side import QUESTIONS, Command

Json = dict[str, Any]
FOLDER = iop_fit.load(QUESTIONS)
NUMBERS = iop_fit.load(QUESTIONS.parent / "numbers.yaml")
CORPUS = {path.stem: iop_fit.load(path) for path in sorted(QUESTIONS.parent.iterdir())}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
SKIPS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
PUBLIC = Form(FOLDER.public(), Audience.ME).url
PRIVATE = Form(FOLDER, Audience.ME).url
SOMEONE = Form(FOLDER, Audience.SOMEONE).url


def load(text: str, questionnaire: Questionnaire = FOLDER) -> AnswersFile:
    return load_sheet(text, "response.json", questionnaire)


def problems_in(text: str, questionnaire: Questionnaire = FOLDER) -> str:
    with pytest.raises(IopFitError) as caught:
        load(text, questionnaire)
    return str(caught.value)


def as_read_back(sheet: AnswerSheet) -> AnswerSheet:
    """Return a sheet as a file holds it: notes are sanitized, and one without visible letters is left out."""
    answers = {
        name: Written(sanitize(answer.text)) if isinstance(answer, Written) else answer
        for name, answer in sheet.answers.items()
    }
    return AnswerSheet({name: answer for name, answer in answers.items() if answer != Written("")}, sheet.about)


# The way back of our own files


@pytest.mark.parametrize("path", [*EXAMPLES, *AT_THE_LINES], ids=lambda path: path.stem)
def test_fhir_file_of_an_example_reads_back(path: Path, questionnaire: Questionnaire) -> None:
    sheet = read(path, questionnaire).sheet
    found = load(to_fhir(public_result_of(path, questionnaire)), questionnaire)
    assert found.sheet == sheet.only(questionnaire.public().questions)
    private = [each.id for each in found.asked.questions.values() if each.private]
    assert private == ([] if sheet.about is Audience.ME else ["home-safety"])  # of others, it is never asked


@pytest.mark.parametrize("name", ["many-signs", "not-safe-at-home", "mostly-skipped", "for-a-brother"])
def test_fhir_response_with_private_answers_reads_back(name: str, questionnaire: Questionnaire) -> None:
    path = ROOT / "examples" / f"{name}.yaml"
    whole = to_fhir(result_of(path, questionnaire))
    alone = json.dumps(json.loads(whole)["entry"][1]["resource"])
    sheet = read(path, questionnaire).sheet
    assert load(whole, questionnaire).sheet == load(alone, questionnaire).sheet == sheet


@pytest.mark.parametrize("small", CORPUS.values(), ids=CORPUS)
@given(data=st.data())
def test_fhir_file_of_the_corpus_reads_back(small: Questionnaire, data: st.DataObject) -> None:
    sheet = data.draw(sheets(small))
    private = data.draw(st.booleans())
    found = load(to_fhir(assess(small, sheet, on=DAY, include_private=private)), small).sheet
    assert found == as_read_back(sheet if private else sheet.only(small.public().questions))


def test_answer_that_a_client_asked_for_needlessly_is_left_out() -> None:
    """R4 can't say that two answers are required together, so the form asks after the last of them."""
    intake = CORPUS["intake"]
    chosen = {
        "used": Chosen(()),
        "more": Chosen(("weekly",)),
        "craving": Chosen(("never",)),
        "work": Chosen(("never",)),
    }
    skipped = {name: Skipped(SkipReason.DONT_KNOW) for name in ("name", "from", "told", "helps")}
    sheet = AnswerSheet({**chosen, **skipped})
    bundle = json.loads(to_fhir(assess(intake, sheet, on=DAY)))
    form, response = (entry["resource"] for entry in bundle["entry"])
    asked = next(item for group in form["item"] for item in group["item"] if item["linkId"] == "alone-on-pills")
    answer = {"linkId": "alone-on-pills", "answer": [{"valueCoding": asked["answerOption"][1]["valueCoding"]}]}
    response["item"][0]["item"].append(answer)
    assert load(json.dumps(response), intake).sheet == as_read_back(sheet)


# What clients make of the form

SHEET = AnswerSheet({"sleep": Chosen(("restless",)), "used": Chosen(()), "pay": Chosen(("myself",))})


@pytest.mark.parametrize("path", sorted((TESTS / "fhir" / "clients").glob("*.json")), ids=lambda path: path.stem)
def test_response_of_a_client_is_read(path: Path) -> None:
    """The same answers, clicked in three clients; see `tests/fhir/README.md`."""
    words: dict[str, Answer] = {"words": Written("Call before six.")}
    pills: dict[str, Answer] = {"used": Chosen(("alcohol", "pills")), "pills-daily": Skipped(SkipReason.DONT_KNOW)}
    assert load(path.read_text()).sheet == AnswerSheet({**SHEET.answers, **pills, **words})


def coded(question: str, *options: str, system: str = PUBLIC) -> Json:
    """Return an item that chooses options by their codes."""
    codings = [{"system": system, "code": f"{question}.{option}"} for option in options]
    return {"linkId": question, "answer": [{"valueCoding": coding} for coding in codings]}


def skipped(question: str, code: str = "asked-unknown") -> Json:
    return {"linkId": question, "answer": [{"valueCoding": {"system": SKIPS, "code": code}}]}


ITEMS: dict[str, Json] = {
    "sleep": coded("sleep", "restless"),
    "used": coded("used", "_none"),
    "pay": coded("pay", "myself"),
}
"""The items of `SHEET`, without their sections, as some clients write them."""


def response(items: Mapping[str, Json | None] = {}, **head: object) -> str:
    """Return a response with some items replaced or left out; one item a line."""
    begun = {"resourceType": "QuestionnaireResponse", "questionnaire": f"{PUBLIC}|1", "status": "completed", **head}
    kept = [json.dumps(item) for item in {**ITEMS, **items}.values() if item is not None]
    lines = ",\n".join(kept)
    return f'{json.dumps({name: value for name, value in begun.items() if value})[:-1]}, "item": [\n{lines}\n]}}\n'


def test_flat_items_are_read_without_sections() -> None:
    assert load(response()).sheet == SHEET


def test_nested_and_wrapped_items_are_read() -> None:
    inner = {**ITEMS["used"], "item": [{"linkId": "why.used", "text": "?"}]}
    sleep = coded("sleep", "restless")
    sleep["answer"][0]["item"] = [{"linkId": "page-1", "item": [inner, {"linkId": "pills-daily", "answer": [{}]}]}]
    text = response({"sleep": {"linkId": "section.days", "item": [sleep]}, "used": None})
    assert load(text).sheet == SHEET


def test_one_item_for_each_option_is_read() -> None:
    again = [{**coded("used", option), "id": option} for option in ("pills", "alcohol")]
    text = response({"used": {"linkId": "page", "item": again}, "pills-daily": skipped("pills-daily")})
    answers: dict[str, Answer] = {"used": Chosen(("alcohol", "pills")), "pills-daily": Skipped(SkipReason.DONT_KNOW)}
    assert load(text).sheet == AnswerSheet({**SHEET.answers, **answers})


def test_absent_reasons_are_read_wherever_they_are() -> None:
    why = {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}
    no_answer = Skipped(SkipReason.RATHER_NOT_SAY)
    for item in ({"linkId": "pay", **why}, {"linkId": "pay", "answer": [why]}):
        assert load(response({"pay": item})).sheet.answers["pay"] == no_answer
    note = {"linkId": "words", "answer": [{"_valueString": why}]}
    assert load(response({"words": note})).sheet.answers["words"] == no_answer


def test_empty_answers_are_none() -> None:
    note = {"linkId": "words", "answer": [{"valueString": "  "}], "item": []}
    assert (
        load(response({"words": note, "pills-daily": {"linkId": "pills-daily", "answer": [{}, {"id": "x"}]}})).sheet
        == SHEET
    )


@pytest.mark.parametrize(
    "head", [{"questionnaire": None}, {"questionnaire": "Questionnaire/17"}, {"status": "amended"}]
)
def test_form_is_known_by_the_system_of_its_codes(head: Json) -> None:
    assert load(response(**head)).sheet == SHEET


def test_form_says_whom_the_answers_are_about() -> None:
    text = response(questionnaire=SOMEONE).replace(PUBLIC, SOMEONE)
    assert load(text).sheet == replace(SHEET, about=Audience.SOMEONE)


def numbered(value: Json, link: str = "drinks", **more: Json) -> str:
    form = Form(NUMBERS, Audience.ME).url
    items = {
        "sleep": None,
        "used": None,
        "pay": None,
        "alone": coded("alone", "often", system=form),
        "drinks": {"linkId": link, "answer": [value]},
        "matters": coded("matters", "_none", system=form),
        **more,
    }
    return response(items, questionnaire=form)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ({"valueDecimal": 2}, 2),
        ({"valueInteger": 3}, 3),
        ({"valueDecimal": 7.5}, 7.5),
        ({"valueDecimal": 4.0}, 4),
        ({"valueQuantity": {"value": 4, "unit": "drinks"}}, 4),
        ({"valueQuantity": {"value": 4}}, 4),
    ],
)
def test_numbers_of_any_type_are_read(value: Json, number: float) -> None:
    found = load(numbered(value), NUMBERS).sheet.answers["drinks"]
    assert isinstance(found, Chosen)
    assert found.number == number


def test_number_is_skipped_by_an_item_of_its_own() -> None:
    value = {"valueCoding": {"system": SKIPS, "code": "asked-declined"}}
    found = load(numbered(value, "skip.drinks", sips=skipped("sips")), NUMBERS)
    assert found.sheet.answers["drinks"] == Skipped(SkipReason.RATHER_NOT_SAY)


# Another edition

WORDS = {
    "sleep": ("How are the nights?", "Restless"),
    "used": ("What was used this week?", "None of these"),
    "pay": ("How is care paid for?", "Out of pocket"),
}
OLD = "urn:uuid:00000000-0000-4000-8000-000000000000"


def older_item(name: str) -> Json:
    item: Json = json.loads(json.dumps(ITEMS[name]).replace(PUBLIC, OLD))
    return item


def older(**texts: tuple[str, str]) -> str:
    """Return a response to another edition, with the words of its questions and answers."""
    items: dict[str, Json] = {}
    for name, (ask, display) in {**WORDS, **texts}.items():
        item = older_item(name)
        item["answer"][0]["valueCoding"] |= {"display": display} if display else {}
        items[name] = {**item, **({"text": ask} if ask else {})}
    return response(items, questionnaire=f"{OLD}|0.9")


def test_other_edition_with_equal_words_is_read() -> None:
    assert load(older()).sheet == SHEET
    assert load(older(sleep=("how are  the nights?", "RESTLESS"))).sheet == SHEET


def test_other_edition_about_someone_is_known_by_its_words() -> None:
    text = older(sleep=("How are their nights?", "Restless"))
    assert load(text).sheet == replace(SHEET, about=Audience.SOMEONE)


HOW_WERE = '"How were the nights?"'


def test_other_words_of_another_edition_are_reported() -> None:
    text = older(
        sleep=("How were the nights?", "Restless"), used=("", "None of these"), pay=("How is care paid for?", "")
    )
    assert problems_in(text) == (
        f'{at(text, HOW_WERE)}: This response is to another edition, in which "sleep" asks something else.\n'
        "  Ask it again in the form of this edition: How are the nights?\n"
        f'{at(text, LINE, 3)}: This response is to another edition, and does not say what "used" asks there.\n'
        "  Ask it again in the form of this edition: What was used this week?\n"
        f'{at(text, chr(123) + chr(34) + "system", 4)}: The words of this answer to "pay" are not those of its code.\n'
        "  The code means: Out of pocket. Find out which of the two was meant."
    )


def test_other_questionnaire_with_an_equal_id_is_refused() -> None:
    other = {"linkId": "weather", "answer": [{"valueBoolean": True}]}
    text = response({"sleep": other, "used": None, "pay": older_item("pay")}, questionnaire="http://loinc.org/q")
    assert problems_in(text) == (
        f'{at(text, chr(34) + "http")}: This response is to another questionnaire, not "small".\n'
        "  Name the right questionnaire with --questions."
    )


# Problems

LINE = ""
"""What is found at the start of a line."""


def at(text: str, needle: str, line: int = 0) -> str:
    """Return the place of the first `needle`, in a line if one is given."""
    lines = text.split("\n")
    number = line or next(place for place, each in enumerate(lines, 1) if needle in each)
    return f"response.json:{number}:{lines[number - 1].index(needle) + 1}"


ANSWER_IT = 'Answer it in the form. "Rather not say" and "Don\'t know" are answers too.'
FINISH_IT = "Finish the form in the client: the status is then completed or amended."
REMOVE_IT = "Remove this answer, or change the answer that it depends on."
FIND_OUT = "Find out which of the two was meant."
CHOOSE_PAY = "Send the code of an option as valueCoding: pay.plan, pay.myself."

PROBLEMS: dict[str, tuple[dict[str, Json | None], dict[str, object], list[tuple[str, str, str]]]] = {
    "unknown-link": (
        {"slep": coded("slep", "good"), "weather": {"linkId": "weather", "answer": [{"valueBoolean": True}]}},
        {},
        [
            ('"slep"', 'There is no question "slep".', 'Did you mean "sleep"?'),
            ('"weather"', "There is no such question.", "Known here: sleep, used, pills-daily, pay, words."),
        ],
    ),
    "unanswered-unknown-link": (
        {"weather": {"linkId": "weather"}, "pay": None},
        {},
        [
            (
                "{",
                '"pay" has no answer yet: How is care paid for?',
                ANSWER_IT,
            ),
        ],
    ),
    "unknown-code": (
        {"pay": coded("pay", "plam")},
        {},
        [('"pay.plam"', '"pay" has no option "plam".', f'Did you mean "pay.plan"? {CHOOSE_PAY}')],
    ),
    "code-without-its-question": (
        {"pay": {"linkId": "pay", "answer": [{"valueCoding": {"code": "cash money"}}]}},
        {},
        [
            ('"cash money"', '"pay" has no option "cash…".', CHOOSE_PAY),
        ],
    ),
    "other-system": (
        {"pay": coded("pay", "plan", system="http://loinc.org")},
        {},
        [
            (
                '"http://loinc.org"',
                'The code of this answer to "pay" is from another system.',
                f"The form's system is {PUBLIC}.",
            ),
        ],
    ),
    "display-without-code": (
        {"pay": {"linkId": "pay", "answer": [{"valueCoding": {"display": "A plan"}}]}},
        {},
        [
            ('{"display"', 'This answer to "pay" has no code. Words alone could mean another option.', CHOOSE_PAY),
        ],
    ),
    "display-of-another-option": (
        {"pay": {"linkId": "pay", "answer": [{"valueCoding": {"code": "pay.plan", "display": "Myself"}}]}},
        {},
        [
            (
                '"Myself"',
                'The words of this answer to "pay" are not those of its code.',
                f"The code means: A health plan. {FIND_OUT}",
            ),
        ],
    ),
    "text-for-a-choice": (
        {"pay": {"linkId": "pay", "answer": [{"valueString": "Myself"}]}},
        {},
        [
            ('"valueString"', '"pay" can\'t be answered by "valueString".', CHOOSE_PAY),
        ],
    ),
    "choice-for-a-note": (
        {"words": coded("words", "yes")},
        {},
        [
            (
                '"valueCoding": {"system": "' + PUBLIC + '", "code": "words',
                '"words" can\'t be answered by "valueCoding".',
                "Send a text as valueString.",
            ),
        ],
    ),
    "two-values-and-none": (
        {
            "pay": {"linkId": "pay", "answer": [{"valueString": "x", "valueInteger": 1}]},
            "words": {"linkId": "words", "answer": [{"note": "x"}]},
        },
        {},
        [
            ('{"valueString"', 'This answer to "pay" has several values.', CHOOSE_PAY),
            ('{"note"', 'This answer to "words" has no value.', "Send a text as valueString."),
        ],
    ),
    "several-for-one": (
        {"pay": coded("pay", "plan", "myself")},
        {},
        [
            ('"pay.myself"', '"pay" takes one answer, but 2 are given.', "Keep only what was meant."),
        ],
    ),
    "item-twice": (
        {"sleep": {"linkId": "page", "item": [coded("sleep", "good"), coded("sleep", "sleepless")]}},
        {},
        [
            ('"sleep.sleepless"', '"sleep" takes one answer, but 2 are given.', "Keep only what was meant."),
        ],
    ),
    "option-twice": (
        {"used": coded("used", "alcohol", "alcohol")},
        {},
        [
            ('"used.alcohol"}}]', '"used" lists the option "alcohol" twice.', "Keep one of the two."),
        ],
    ),
    "none-and-another": (
        {"used": coded("used", "_none", "alcohol")},
        {},
        [
            (
                '"used.alcohol"',
                '"used" has "none of these" or a skip, and other answers as well.',
                "Keep only what was meant.",
            ),
        ],
    ),
    "unasked": (
        {"pills-daily": coded("pills-daily", "daily")},
        {},
        [
            (
                '"pills-daily"',
                '"pills-daily" has an answer, but given the other answers it is not asked.',
                REMOVE_IT,
            ),
        ],
    ),
    "unknown-reason": (
        {"pay": skipped("pay", "not-asked")},
        {},
        [
            (
                '"not-asked"',
                'This is not a reason for skipping "pay" that the form offers.',
                'The code is asked-declined ("rather not say") or asked-unknown ("don\'t know").',
            ),
        ],
    ),
    "in-progress": (
        {},
        {"status": "in-progress"},
        [
            (
                '"in-progress"',
                'This response has the status "in-progress", so its answers may not be final.',
                FINISH_IT,
            ),
        ],
    ),
    "no-status": (
        {},
        {"status": None},
        [
            (
                "{",
                "This response has no status, so its answers may not be final.",
                FINISH_IT,
            ),
        ],
    ),
    "another-questionnaire": (
        {"sleep": None, "used": None, "pay": {"linkId": "phq.1", "answer": [{"valueInteger": 1}]}},
        {"questionnaire": "http://loinc.org/q/44249-1"},
        [
            (
                '"http://loinc.org',
                'This response is to another questionnaire, not "small".',
                "Name the right questionnaire with --questions.",
            ),
        ],
    ),
    "answered-heading": (
        {"section.days": {"linkId": "section.days", "answer": [{"valueString": "x"}]}},
        {},
        [
            (
                '"section.days"',
                '"section.days" is a heading or a help text, so it takes no answer.',
                "Remove its answer.",
            ),
        ],
    ),
    "no-link": (
        {"pay": {"answer": [{"valueString": "x"}]}, "x": coded("pay", "plan")},
        {},
        [
            ('{"answer"', 'This item has no "linkId".', "It names the question that the item answers."),
        ],
    ),
    "not-a-list": (
        {"words": {"linkId": "words", "answer": {"valueString": "x"}}},
        {},
        [
            (
                '{"valueString"',
                '"answer" must be a list of mappings, not a mapping.',
                "Is it FHIR R4? Save it again from the client.",
            ),
        ],
    ),
    "private-answers-are-not-repeated": (
        {"home-safe": coded("home-safe", "hurts-me", system=PRIVATE)},
        {},
        [
            (
                '"home-safe.hurts-me"',
                '"home-safe" has no such option.',
                "Send the code of an option as valueCoding: home-safe.safe, home-safe.unsafe.",
            ),
        ],
    ),
    "private-question-left-out-of-its-form": (
        {},
        {"questionnaire": PRIVATE},
        [
            (
                "{",
                '"home-safe" has no answer yet: Is home safe?',
                ANSWER_IT,
            ),
        ],
    ),
}


@pytest.mark.parametrize(("items", "head", "expected"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem_is_reported_at_its_place(
    items: dict[str, Json | None], head: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    text = response(items, **head)
    assert problems_in(text) == "\n".join(f"{at(text, needle)}: {what}\n  {hint}" for needle, what, hint in expected)


def test_private_answers_about_someone_are_reported() -> None:
    text = response({"home-safe": coded("home-safe", "safe", system=PRIVATE)}, questionnaire=SOMEONE)
    assert problems_in(text) == (
        f'{at(text, chr(34) + "home-safe")}: "home-safe" has an answer, but given the other answers it is not asked.\n'
        "  Remove this answer, or change the answer that it depends on."
    )


@pytest.mark.parametrize(
    ("value", "needle", "problem"),
    [
        (
            {"valueDecimal": 101},
            "101",
            '"drinks" takes one number from 0 to 100, not "101".\n  Correct the number in the form, or skip it there.',
        ),
        (
            {"valueString": "4"},
            '"valueString"',
            '"drinks" can\'t be answered by "valueString".\n  Send a number as valueDecimal or valueInteger.',
        ),
        (
            {"valueQuantity": {"value": 4, "unit": "bottles"}},
            '"valueQuantity"',
            '"drinks" can\'t be answered by "valueQuantity".\n  Send a number as valueDecimal or valueInteger.',
        ),
        (
            {"valueQuantity": {"value": 4, "comparator": ">"}},
            '"valueQuantity"',
            '"drinks" can\'t be answered by "valueQuantity".\n  Send a number as valueDecimal or valueInteger.',
        ),
    ],
)
def test_wrong_number_is_reported(value: Json, needle: str, problem: str) -> None:
    text = numbered(value)
    assert problems_in(text, NUMBERS) == f"{at(text, needle)}: {problem}"


def test_number_that_is_also_skipped_is_reported() -> None:
    text = numbered({"valueDecimal": 4}, skip=skipped("skip.drinks"))
    assert problems_in(text, NUMBERS) == (
        f'{at(text, chr(34) + "asked-unknown")}: "drinks" takes one answer, but 2 are given.\n'
        "  Keep only what was meant."
    )


def test_bundle_without_one_response_is_reported() -> None:
    entry = {"resource": json.loads(response())}
    two = json.dumps({"resourceType": "Bundle", "entry": [entry, entry]})
    assert problems_in(two) == (
        f"{at(two, json.dumps(entry['resource']))[:-2]}{two.rindex(json.dumps(entry['resource'])) + 1}: "
        "This Bundle holds 2 QuestionnaireResponses; one is needed.\n  Save the filled-in form of one person to a file."
    )
    none = '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}'
    assert problems_in(none) == (
        "response.json:1:1: This Bundle holds 0 QuestionnaireResponses; one is needed.\n"
        "  Save the filled-in form of one person to a file."
    )


# The command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_command_reads_a_response_from_a_file_or_a_pipe(command: Command) -> None:
    command.write("back.fhir.json", response())
    command.write(
        "answers.yaml", "answers: {sleep: restless, used: [], pay: myself, home-safe: {skipped: dont-know}}\n"
    )
    public = command.assess("--answers", "answers.yaml", "--format", "fhir")
    assert command.assess("--answers", "back.fhir.json", "--format", "fhir") == public
    assert command.assess("--answers", "-", "--format", "fhir", given=response()) == public
    assert command.assess("--answers", "-", "--format", "fhir", given=public.stdout) == public


def test_command_does_not_miss_private_questions_left_out(command: Command) -> None:
    for options in ([], ["--plain"], ["--full"], ["--include-home-safety"]):
        done = command.assess("--answers", "-", *options, given=response())
        assert (done.status, done.stderr) == (0, "")
        assert "home" not in done.stdout.lower()


def test_command_exits_3_for_an_unfinished_response(command: Command) -> None:
    unfinished = command.assess("--answers", "-", given=response({"pay": None}, status="in-progress"))
    assert (unfinished.status, unfinished.stderr.count("\n")) == (3, 4)
    wrong = response({"pay": coded("pay", "x")}, status="in-progress")
    assert command.assess("--answers", "-", given=wrong).status == 4


def test_load_answers_reads_a_response(tmp_path: Path) -> None:
    (tmp_path / "back.fhir.json").write_text(response())
    assert iop_fit.load_answers(tmp_path / "back.fhir.json", FOLDER) == SHEET


# Hostile files

VALUES: list[object] = [None, True, 0, "", "x", [], {}, [None], [[]], [{}], {"a": 1}, {"item": [{}]}]
"""What takes the place of a part of a response."""


def parts_of(node: object) -> list[tuple[dict[Any, Any] | list[Any], Any]]:
    """Return each part of a value, as its container and the key or index in it."""
    if not isinstance(node, dict | list):
        return []
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    return [found for key, value in pairs for found in ((node, key), *parts_of(value))]


WHOLE = to_fhir(assess(FOLDER, AnswerSheet({**SHEET.answers, "words": Written("x")}), on=DAY))


@given(data=st.data())
def test_response_of_any_shape_is_read_or_refused(data: st.DataObject) -> None:
    changed = json.loads(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(parts_of(changed)))
        container[key] = deepcopy(data.draw(st.sampled_from(VALUES)))
    with suppress(IopFitError):
        load(json.dumps(changed))
