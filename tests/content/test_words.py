"""Words of the questionnaires: respect, natural American English, two wordings, and the reading level of pages."""

import re
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from support import ROOT
from support.phrasing import banned, literals_in, speaks_to_the_person, wordings_in, written_in
from support.readability import (
    EQUAL_LEVELS,
    EXPLANATIONS,
    QUESTIONS,
    STIGMATISING,
    alerts,
    asked,
    explanations,
    grade,
    long_sentences,
    pages,
    reasons,
)

QUESTIONNAIRES = ROOT / "questions"
FILES = sorted([*QUESTIONNAIRES.rglob("*.yaml"), *(path for path in (ROOT / "examples").rglob("*") if path.is_file())])


# Respect

TITLE_OF_A_SOURCE = re.compile(r"^( *)cite: .*(\n\1 +.*)*$", re.MULTILINE)
"""Titles and journals keep the words they were published under."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("words", [STIGMATISING, EQUAL_LEVELS], ids=["stigma", "equal-levels"])
def test_files_avoid_stigma_and_equal_level_claims(words: re.Pattern[str], path: Path) -> None:
    text = " ".join(TITLE_OF_A_SOURCE.sub("", path.read_text()).split())
    assert [text[max(0, hit.start() - 30) : hit.end() + 30] for hit in words.finditer(text)] == []


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("They were clean.", True),
        ("a clean test", True),
        ("Use clean supplies.", False),
        ("users", True),
        ("Refuses care", True),
        ("They refused to give the license number.", False),
        ("medicine", False),
    ],
)
def test_stigmatizing_words_are_found(text: str, hit: bool) -> None:
    assert bool(STIGMATISING.search(text)) is hit


# Natural English


def test_texts_use_no_banned_construction() -> None:
    texts = (text for text, _ in written_in(QUESTIONNAIRES))
    assert [(each.where, hit) for each in texts for hit in banned(each.text)] == []


@pytest.mark.parametrize("package", ["interview", "outline"])
def test_program_sentences_use_no_banned_construction(package: str) -> None:
    texts = literals_in(ROOT / "src" / "iop_fit" / package)
    assert [(each.where, hit) for each in texts for hit in banned(each.text)] == []


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("With nights at home, there has to be a home.", "nights at home"),
        ("What stands above counts.", "stands"),
        ("Don't stop these pills at once.", "stop these pills at once"),
        ("Don't stop all at once.", ""),
        ("Pills that could have held it.", "could have held"),
        ("Most of the time you can hold off.", ""),
        ("Our own judgement.", "judgement"),
        ("Realised in a programme.", "Realised"),
        ("Answered on 27 November 2026.", "27 November"),
        ("Answered on November 27, 2026.", ""),
        ("Whom does one call at night?", "Whom does one"),
        ("A 12-ounce beer, twice a week.", ""),
    ],
)
def test_banned_constructions_are_found(text: str, hit: str) -> None:
    found = [words for words, _ in banned(text)]
    assert (hit in found) if hit else (found == [])


# Two wordings

NEVER_FOR_SOMEONE = {"alert-rules.yaml: hurt-at-home: because"}
"""The rule of the private question, which is asked only of the person."""


def test_second_wordings_never_speak_to_the_person() -> None:
    found = [(where, second) for where, _, second in wordings_in(QUESTIONNAIRES) if speaks_to_the_person(second)]
    assert [each for each in found if each[0] not in NEVER_FOR_SOMEONE] == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("You drink every day.", True),
        ("Stay on your medicine.", True),
        ("They drink every day.", False),
        ("You can call or text 988 for them.", False),
        ("Thank you for telling us. Give naloxone if you have it.", False),
    ],
)
def test_speaking_to_the_person_is_found(text: str, speaks: bool) -> None:
    assert speaks_to_the_person(text) is speaks


# Reading level


@pytest.fixture(scope="module", params=["program-fit", "stepping-down"])
def each_questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    """Each questionnaire meant for real people."""
    return iop_fit.load(None if request.param == "program-fit" else ROOT / "examples" / request.param)


def test_grade_rises_with_long_words_and_sentences() -> None:
    easy, middle = "Can you wait? It is hard to wait.", "Medication can help people who wait for a program."
    hard = "Comprehensive multidisciplinary interventions facilitate sustainable rehabilitation outcomes."
    assert grade(easy) < 2 < grade(middle) < 8 < grade(hard)


@pytest.mark.parametrize("audience", Audience)
def test_each_page_reads_at_its_grade(each_questionnaire: Questionnaire, audience: Audience) -> None:
    read = list(pages(each_questionnaire.worded_for(audience)))
    assert {page.limit for page in read} == {QUESTIONS, EXPLANATIONS}
    assert [(page.name, round(page.grade, 1)) for page in read if page.grade > page.limit] == []


def test_sentences_have_at_most_twenty_words(each_questionnaire: Questionnaire) -> None:
    kinds = (asked, alerts, reasons, explanations)
    texts = [each for kind in kinds for each in kind(each_questionnaire)]
    assert long_sentences(texts, 20) == []
