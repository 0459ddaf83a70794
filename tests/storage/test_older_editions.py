"""Files that answer questions of an older edition: an answers file is refused, others keep such answers apart."""

import json
from collections.abc import Callable

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Written
from iop_fit.domain.assessment import EarlierReply, Uncounted
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.outline.result import paper_of
from iop_fit.report.to_json import to_json
from iop_fit.report.to_plain import to_plain
from iop_fit.storage.answer_files import ResumedDraft, load_sheet, read_loosely
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed, same_as_saved
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


OF_THE_DAY = AnswerSheet(
    {"sleep": Chosen(("good",)), "used": Chosen(()), "pay": Chosen(("plan",)), "words": Written("x")}
)


def result(text: str, questionnaire: Questionnaire, digest: str = "sha256:0") -> object:
    public = questionnaire.public()
    data = json.loads(to_json(iop_fit.assess(public, OF_THE_DAY, on=DAY)))
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


OLDER = '{"nights": "bad", "season": "dry", "home": "safe", "gone": "x"}'


def test_result_keeps_answers_without_words_apart(small: Questionnaire) -> None:
    """Nothing is invented: neither today's words nor those of that day are said of them."""
    saved = result(OLDER, small)
    assert isinstance(saved, SavedResult)
    wordless = [EarlierReply(name, Uncounted.WORDLESS) for name in ("nights", "season", "home", "gone")]
    assert [*saved.earlier] == wordless
    assert [*saved.public().earlier] == [each for each in wordless if each.id != "home"]
    assert saved.given.answers == {}


def test_draft_by_hand_drops_older_questions(small: Questionnaire) -> None:
    resumed = draft(OLDER, small)
    assert isinstance(resumed, ResumedDraft)
    assert [*resumed.earlier] == [EarlierReply(name, Uncounted.GONE) for name in ("nights", "season", "home", "gone")]


def test_result_of_this_edition_names_older_questions(small: Questionnaire) -> None:
    text = '{"sleep": "good", "used": [], "pay": "plan", "words": "x", "season": "dry"}'
    assert problems(lambda text, newer: result(text, newer, newer.digest), text, small) == (
        'file:1:72: "season" is from an older edition and is no longer asked.\n  Remove this line.'
    )


def test_answers_of_this_edition_are_read(small: Questionnaire) -> None:
    assert answers(f"{{sleep: good, {REST}}}", small)
    assert draft("{sleep: good}", small)


# A real result of the first edition, as the program of that day wrote it

FIRST = (TESTS / "editions" / "first-hard-nights.json").read_text()


def test_result_of_the_first_edition_opens_today() -> None:
    """Its format has no words of questions, so none is said; what it said in words is shown."""
    saved = load_result(FIRST, "first.json", iop_fit.load())
    assert {reply.why for reply in saved.earlier} == {Uncounted.WORDLESS}
    assert [reply.id for reply in saved.earlier] == [*json.loads(FIRST)["answers"]]
    page = to_plain(paper_of(recomputed(saved)), 1_000)
    said = page[page.index("What the file said on its day") : page.index("\n\nAt a glance")]
    assert said == (
        "What the file said on its day\n"
        "On November 27, 2026: “An IOP with more around it”.\n"
        "- Someone is there at any time\n"
        "Some of its answers don't count today, so the rest of this page may say less."
    )
    reasons = page[page.index("The reasons it gave") : page.index("\n\nSkipped questions")]
    assert reasons == (
        "The reasons it gave\n"
        "- A wish to be dead or thoughts of suicide.\n"
        "- Thoughts of suicide in the past month.\n"
        "- Low, anxious or shut down on most days, with alcohol or drug use."
    )
    assert "don't know" not in page[page.index("At a glance") : page.index("What the answers point to")]


def test_older_format_with_its_questions_is_the_same(small: Questionnaire) -> None:
    """The first format knew no provenance, and nobody changed the file since."""
    whole = json.loads(to_json(iop_fit.assess(small.public(), OF_THE_DAY, on=DAY)))
    del whole["asked"], whole["questionnaire"]["provenance"]
    whole["format"] = "iop-fit result 1"
    saved = load_result(json.dumps(whole), "old.json", small)
    assert same_as_saved(saved, to_json(recomputed(saved))) == ()
