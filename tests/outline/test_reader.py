"""Words that follow who reads and what is known: cautions, waiting for a place, and family."""

from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Heading, Item, Items
from iop_fit.outline.parts.reader import MOST_CAUTIONS, WAITING, cautions, family, waiting
from iop_fit.outline.result import full_of, paper_of
from iop_fit.storage.saved_result import with_skips
from support import DAY, ROOT
from support.example_results import each_example, public_result_of, read
from support.phrasing import banned, speaks_to_the_person
from support.readability import Text, grade, long_sentences

DANGER = "If a life is in danger, call 911. In a crisis, call or text 988."
COME_ALONG = "Ask them if you may come along to the first visit."


def result(questionnaire: Questionnaire, name: str, **answers: str | None) -> Assessment:
    """Return the result of an example with some other answers; None skips a question."""
    sheet = read(ROOT / "examples" / f"{name}.yaml", questionnaire).sheet
    for key, option in answers.items():
        answer = Chosen((option,)) if option else Skipped(SkipReason.DONT_KNOW)
        sheet = sheet.with_answer(key.replace("_", "-"), answer)
    public = questionnaire.public()
    return assess(questionnaire, with_skips(public, sheet.only(public.questions)), on=DAY)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [item.text for block in blocks if isinstance(block, Items) for item in block.items]


# Not enough answered


def test_known_drinking_gives_a_caution_with_its_answer(questionnaire: Questionnaire) -> None:
    unsure = result(questionnaire, "everyday-drinking", drinks=None, without=None, ever_stopping=None)
    heading, items, *_ = cautions(unsure)
    assert heading == Heading("Until then, be careful")
    assert isinstance(items, Items)
    expected = "If you drink most days, see a doctor before you stop. Stopping suddenly can cause seizures."
    assert Item(expected, ("Answered: Every day",)) in items.items
    assert len(items.items) <= MOST_CAUTIONS


def test_questions_that_help_most_follow_the_cautions(questionnaire: Questionnaire) -> None:
    unsure = result(questionnaire, "everyday-drinking", drinks=None, without=None, ever_stopping=None)
    *_, heading, items = cautions(unsure)
    assert heading == Heading("These answers would help most")
    assert isinstance(items, Items)
    assert [item.text for item in items.items] == [
        reply.topic if reply.question.takes_several else reply.ask for reply in unsure.most_helpful
    ]
    assert items.numbered


def test_nothing_known_gives_questions_but_no_caution(questionnaire: Questionnaire) -> None:
    public = questionnaire.public()
    blocks = tuple(cautions(assess(questionnaire, with_skips(public, AnswerSheet()), on=DAY)))
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["These answers would help most"]
    assert len(texts(blocks)) == 3


def test_card_of_a_caution_gets_no_other_line(questionnaire: Questionnaire) -> None:
    unsure = result(questionnaire, "everyday-drinking", drinks=None, without=None, ever_stopping=None)
    (part,) = (part for part in full_of(unsure).parts if part.title == "Because some questions were skipped")
    cards = {each.alert.card for each in unsure.cautions}
    lines = {alert.could_not_tell for alert, *_ in unsure.open_alerts if alert.card in cards}
    assert lines
    assert lines.isdisjoint(texts(part.blocks))


@each_example
def test_firm_result_has_no_cautions(questionnaire: Questionnaire, path: Path) -> None:
    found = public_result_of(path, questionnaire)
    needed = not found.firm and found.direction is not None and not found.emergency
    assert bool([*cautions(found)]) is needed


# Waiting for a place


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("everyday-drinking", WAITING[AlertLevel.MEDICAL_FIRST][Audience.ME]),
        ("plan-alone", WAITING[AlertLevel.CRISIS][Audience.ME]),
        ("for-a-father", WAITING[AlertLevel.SAME_DAY][Audience.SOMEONE]),
    ],
)
def test_waiting_starts_with_what_does_not_wait(questionnaire: Questionnaire, name: str, first: str) -> None:
    said = texts(tuple(waiting(result(questionnaire, name))))
    assert said[0] == first
    assert said[-1] == DANGER


def test_visit_today_is_not_repeated_as_a_check(questionnaire: Questionnaire) -> None:
    said = texts(tuple(waiting(result(questionnaire, "for-a-father"))))
    assert WAITING[AlertLevel.MEDICAL_FIRST][Audience.SOMEONE] not in said


@pytest.mark.parametrize("name", ["steady-home", "weekend-weed", "emergency", "under-18"])
def test_nothing_urgent_or_an_emergency_does_not_wait(questionnaire: Questionnaire, name: str) -> None:
    assert [*waiting(result(questionnaire, name))] == []


# Family and friends


def test_family_is_asked_to_come_along(questionnaire: Questionnaire) -> None:
    overdose, come_along = texts(tuple(family(result(questionnaire, "for-a-brother"))))
    assert come_along == COME_ALONG
    assert "give naloxone (Narcan), call 911, and stay with them" in overdose


def test_family_of_someone_who_wants_no_treatment_learns_what_helps(questionnaire: Questionnaire) -> None:
    said = texts(tuple(family(result(questionnaire, "for-a-father"))))
    assert said[0] == COME_ALONG
    assert len(said) == 5
    assert ["CRAFT" in said[2], "Al-Anon" in said[3], "1-800-662-4357" in said[4]] == [True, True, True]


@each_example
def test_person_never_reads_what_is_for_family(questionnaire: Questionnaire, path: Path) -> None:
    found = public_result_of(path, questionnaire)
    shown = {part.title for outline in (full_of(found), paper_of(found)) for part in outline.parts}
    for_family = found.about is Audience.SOMEONE and found.direction is not None
    assert ("For family and friends" in shown) is for_family


# Words


def sentences_for(audience: Audience, questionnaire: Questionnaire) -> list[Text]:
    names = ["everyday-drinking", "plan-alone", "for-a-father", "for-a-brother", "mostly-skipped"]
    found = [result(questionnaire, name) for name in names]
    parts = (part for each in found if each.about is audience for part in (waiting(each), family(each)))
    return [Text(audience, text) for part in parts for text in texts(tuple(part))]


@pytest.mark.parametrize("audience", Audience)
def test_sentences_are_short_plain_and_easy(questionnaire: Questionnaire, audience: Audience) -> None:
    said = sentences_for(audience, questionnaire)
    assert said
    assert long_sentences(said, 20) == []
    assert [hit for each in said for hit in banned(each.text)] == []
    assert grade("\n".join(each.text for each in said)) < 6


def test_family_is_never_taken_for_the_patient() -> None:
    assert [words for each in WAITING.values() if speaks_to_the_person(words := each[Audience.SOMEONE])] == []
