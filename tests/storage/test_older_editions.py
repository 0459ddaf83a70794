"""Files that answer questions of an older edition: each is an error that says what to answer instead."""

import json
from collections.abc import Callable

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import load_sheet, read_loosely
from iop_fit.storage.result_reader import load_result
from support import DAY, TESTS

FOLDER = TESTS / "questionnaires" / "valid" / "folder"
REPLACED = {
    "id: sleep\n": "id: sleep\n    formerly: [rest, nights]\n",
    "id: used\n": "id: used\n    formerly: drinks\n",
    "id: pills-daily\n": "id: pills-daily\n    formerly: drinks\n",
    "id: home-safe\n": "id: home-safe\n    formerly: home\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """Return the small questionnaire as the newer edition of another one."""
    folder = tmp_path_factory.mktemp("edition")
    for path in FOLDER.iterdir():
        text = path.read_text()
        for old, new in REPLACED.items():
            text = text.replace(old, new)
        (folder / path.name).write_text(text.replace("minutes: 2\n", "minutes: 2\nremoved: [weather, season]\n"))
    return iop_fit.load(folder)


def answers(text: str, questionnaire: Questionnaire) -> object:
    return load_sheet(f"answers: {text}\n", "file", questionnaire)


def draft(text: str, questionnaire: Questionnaire) -> object:
    return read_loosely(f"answers: {text}\n", "file", questionnaire)


def result(text: str, questionnaire: Questionnaire, digest: str = "sha256:0") -> object:
    sheet = AnswerSheet(
        {
            "sleep": Chosen(("good",)),
            "used": Chosen(()),
            "pay": Chosen(("plan",)),
            "words": questionnaire.questions["words"].answer_from("x"),
        }
    )
    public = questionnaire.public()
    data = json.loads(to_json(iop_fit.assess(public, sheet, on=DAY)))
    data["questionnaire"]["digest"] = digest
    rest = {name: value for name, value in data.items() if name != "answers"}
    whole = f'{{"answers": {text},\n {json.dumps(rest)[1:]}'
    return load_result(whole, "file", questionnaire)


Read = Callable[[str, Questionnaire], object]


def problems(read: Read, text: str, questionnaire: Questionnaire) -> str:
    with pytest.raises(IopFitError) as caught:
        read(text, questionnaire)
    return str(caught.value)


REST = "used: [], pay: plan, home-safe: safe, words: x"


def test_replaced_question_names_its_replacement(small: Questionnaire) -> None:
    """No second problem says that the replacement has no answer."""
    assert problems(answers, f"{{nights: bad, {REST}}}", small) == (
        'file:1:11: "nights" is from an older edition. Answer "sleep" instead.\n'
        "  Write one of these: good, restless, sleepless."
    )


def test_question_replaced_by_two_names_both(small: Questionnaire) -> None:
    """The answer behind a gate that the old answer may open is not refused."""
    text = "{drinks: 'yes', sleep: good, pills-daily: daily, pay: plan, home-safe: safe, words: x}"
    assert problems(answers, text, small) == (
        'file:1:11: "drinks" is from an older edition. Answer "used" and "pills-daily" instead.\n'
        '  For "used": write a list of any of these, or [] for none: alcohol, pills.'
    )


def test_answered_replacement_makes_the_old_line_idle(small: Questionnaire) -> None:
    assert problems(answers, f"{{rest: bad, sleep: good, {REST}}}", small) == (
        'file:1:11: "rest" is from an older edition. Answer "sleep" instead.\n'
        "  It has an answer already. Remove this line."
    )


@pytest.mark.parametrize("value", ["hot", "", "{skipped: dont-know}", "[hot, dry]"])
def test_removed_question_is_to_be_deleted(small: Questionnaire, value: str) -> None:
    assert problems(answers, f"{{sleep: good, {REST}, weather: {value}}}", small) == (
        'file:1:72: "weather" is from an older edition and is no longer asked.\n  Remove this line.'
    )


@pytest.mark.parametrize(("read", "column"), [(draft, 11), (result, 14)])
def test_drafts_and_results_name_older_questions(small: Questionnaire, read: Read, column: int) -> None:
    text = '{"nights": "bad", "season": "dry", "home": "safe", "gone": "x"}'
    assert problems(read, text, small) == (
        f'file:1:{column}: "nights" is from an older edition. Answer "sleep" instead.\n'
        "  Write one of these: good, restless, sleepless.\n"
        f'file:1:{column + 17}: "season" is from an older edition and is no longer asked.\n'
        "  Remove this line.\n"
        f'file:1:{column + 34}: "home" is from an older edition. Answer "home-safe" instead.\n'
        "  Write one of these: safe, unsafe."
    )


def test_result_of_this_edition_names_older_questions(small: Questionnaire) -> None:
    text = '{"sleep": "good", "used": [], "pay": "plan", "words": "x", "season": "dry"}'
    assert problems(lambda text, newer: result(text, newer, newer.digest), text, small) == (
        'file:1:72: "season" is from an older edition and is no longer asked.\n  Remove this line.'
    )


def test_answers_of_this_edition_are_read(small: Questionnaire) -> None:
    assert answers(f"{{sleep: good, {REST}}}", small)
    assert draft("{sleep: good}", small)
