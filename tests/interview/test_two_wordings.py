"""Results and interviews show each text only in the wording for their audience."""

import json
from collections.abc import Iterator
from itertools import product

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.interview.session import run_interview
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS
from iop_fit.loading.loader import load
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.parts.care_options import options_outline
from iop_fit.outline.result import full_of
from iop_fit.report.formats import draw, draw_on_screen, export, render
from iop_fit.report.registry import DRAWN, FORMATS
from iop_fit.storage.answer_files import load_sheet
from iop_fit.storage.conclusion import outcome_of
from iop_fit.storage.difference import difference_of
from iop_fit.storage.drafts import Draft
from iop_fit.storage.result_reader import load_result
from support import DAY
from support.pdfs import Paper
from support.scripted import Script
from support.worded_twice import WORDED_TWICE, audiences_in, worded_keys, write

OTHER = {Audience.ME: Audience.SOMEONE, Audience.SOMEONE: Audience.ME}
SKIPPED = Skipped(SkipReason.DONT_KNOW)
EVERY_TEXT = audiences_in(json.dumps(WORDED_TWICE))

ANSWERS: dict[str, tuple[Answer, ...]] = {
    "used": (Chosen(()), Chosen(("pills", "other")), SKIPPED),
    "alone": (Chosen(("rarely",)), Chosen(("often",)), Chosen(("always",)), SKIPPED),
    "pay": (Chosen(("cash",)), Chosen(("plan",))),
    "words": (Written("Some words."),),
    "wish": (Chosen(("home",)), Chosen(("away",))),
}


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    return load(write(tmp_path_factory.mktemp("twice")))


def sheets(about: Audience) -> Iterator[AnswerSheet]:
    """Yield sheets with each pair of need answers, and each practical answer with some of them."""
    needs, practical = product(ANSWERS["used"], ANSWERS["alone"]), (ANSWERS["pay"], ANSWERS["wish"])
    for number, (used, alone) in enumerate(needs):
        pay, wish = (answers[number % 2] for answers in practical)
        yield AnswerSheet({"used": used, "alone": alone, "pay": pay, "words": ANSWERS["words"][0], "wish": wish}, about)


def text_of(data: bytes) -> str:
    """Return the text of an exported file."""
    return "".join(Paper(data).document.texts()) if data.startswith(b"%PDF") else data.decode()


def test_questionnaire_has_all_keys_of_two_wordings() -> None:
    keys = {f"{noun}-{key}".replace(" ", "-") for noun in QUESTIONNAIRE_FIELDS for key in worded_keys(noun)}
    for texts in EVERY_TEXT.values():
        assert {key for key in keys if not any(text.startswith(f"{key}-") for text in texts)} == set()
    assert EVERY_TEXT[Audience.ME] == EVERY_TEXT[Audience.SOMEONE]


@pytest.mark.parametrize("about", Audience)
@pytest.mark.parametrize("name", FORMATS)
def test_format_has_only_the_wording_of_its_audience(name: str, about: Audience, twice: Questionnaire) -> None:
    every = (assess(twice, sheet, on=DAY) for sheet in sheets(about))
    found = audiences_in(" ".join(text_of(export(result, name)) for result in every))
    assert found[OTHER[about]] == set()
    assert found[about]


@pytest.mark.parametrize("about", Audience)
def test_plain_screen_has_only_its_audiences_wording(about: Audience, twice: Questionnaire) -> None:
    every = (assess(twice, sheet, on=DAY) for sheet in sheets(about))
    shown = (render(result, full=full, plain=True) for result in every for full in (False, True))
    found = audiences_in(" ".join(shown))
    assert (found[OTHER[about]], bool(found[about])) == (set(), True)


@pytest.mark.parametrize("about", Audience)
def test_formats_and_interview_show_every_text(about: Audience, twice: Questionnaire) -> None:
    every = [assess(twice, sheet, on=DAY) for sheet in sheets(about)]
    shown = [render(result, name, full=name == "text") for result in every for name in ("text", "fhir", "json")]
    options = options_outline(twice, every[0])
    found = audiences_in(" ".join((*shown, draw_on_screen(options, width=80, color=False, plain=True))))
    assert EVERY_TEXT[about] - found[about] == set()


@pytest.mark.parametrize("about", Audience)
@pytest.mark.parametrize("name", DRAWN)
def test_options_have_only_their_audiences_wording(name: str, about: Audience, twice: Questionnaire) -> None:
    answered = assess(twice, next(sheets(about)), on=DAY)
    for outline in (options_outline(twice, answered), options_outline(twice, audience=about)):
        found = audiences_in(text_of(draw(outline, name)))
        assert found[OTHER[about]] == set()
        assert {text for text in EVERY_TEXT[about] if text.startswith("care-option")} <= found[about]


def interviewed(twice: Questionnaire, *typed: str) -> str:
    script = Script(*typed)
    run_interview(twice, script, Draft(twice))
    return "\n".join(script.output)


@pytest.mark.parametrize("about", Audience)
def test_interview_has_only_its_audiences_wording(about: Audience, twice: Questionnaire) -> None:
    who = {Audience.ME: "1", Audience.SOMEONE: "2"}
    first = (who[OTHER[about]], "b", who[about])  # the other audience was typed by mistake
    used = ("?", "s", "r", "1", "1 2", "g")  # skipped, then changed in the review
    others = ("?", "3", "?", "1", "3", "?", "Words.", "?", "1", "g")
    shown = interviewed(twice, *first, *used, *others).rpartition("Who is this for?")[2]
    found = audiences_in(shown)
    assert found[OTHER[about]] == set()
    read = ("question", "lead-in", "option-label", "alert-t", "contradiction")
    texts = {each for each in EVERY_TEXT[about] if each.startswith(read)}
    assert texts - found[about] == set()


@pytest.mark.parametrize("about", Audience)
def test_missing_answers_are_worded_for_the_audience(about: Audience, twice: Questionnaire) -> None:
    with pytest.raises(IopFitError) as caught:
        assess(twice, AnswerSheet(about=about), on=DAY)
    with pytest.raises(IopFitError) as caught_in_file:
        load_sheet(f"for: {about}\nanswers: {{}}\n", "answers.yaml", twice)
    for each in (caught, caught_in_file):
        found = audiences_in(" ".join(map(str, each.value.problems)))
        assert (found[OTHER[about]], len(found[about])) == (set(), 4)


@pytest.mark.parametrize("about", Audience)
def test_saved_alert_titles_are_worded_as_recomputed(about: Audience, twice: Questionnaire) -> None:
    results = [assess(twice, sheet, on=DAY) for sheet in sheets(about)]
    saved = [load_result(render(result, "json"), "a.json", twice) for result in results]
    assert [each.said for each in saved] == [outcome_of(result) for result in results]
    assert any(each.said.alerts for each in saved)


@pytest.mark.parametrize("about", Audience)
@pytest.mark.parametrize("name", DRAWN)
def test_comparison_has_only_its_audiences_wording(name: str, about: Audience, twice: Questionnaire) -> None:
    saved = [load_result(render(assess(twice, sheet, on=DAY), "json"), "a.json", twice) for sheet in sheets(about)]
    outlines = [comparison_of(difference_of(saved[0], each)) for each in (*saved[1:], saved[0])]
    outlines += [comparison_of(difference_of(each, saved[0])) for each in saved]
    found = audiences_in(" ".join(text_of(draw(each, name)) for each in outlines))
    assert (found[OTHER[about]], bool(found[about])) == (set(), True)


def test_same_direction_for_both_audiences_is_no_change(twice: Questionnaire) -> None:
    both = [next(sheets(about)) for about in Audience]
    first, second = (load_result(render(assess(twice, each, on=DAY), "json"), "a.json", twice) for each in both)
    changed = both[1].with_answer("wish", Chosen(("away",)))
    other = load_result(render(assess(twice, changed, on=DAY), "json"), "a.json", twice)
    assert "The direction stays the same." in draw(comparison_of(difference_of(first, other)), "plain").decode()
    assert second.sheet.about is Audience.SOMEONE


def test_result_of_a_worded_questionnaire_is_the_same(twice: Questionnaire) -> None:
    for about in Audience:
        sheet = next(sheets(about))
        again = assess(assess(twice, sheet, on=DAY).questionnaire, sheet, on=DAY)
        other = assess(twice.worded_for(OTHER[about]), sheet, on=DAY)
        assert full_of(assess(twice, sheet, on=DAY)) == full_of(again) == full_of(other)
