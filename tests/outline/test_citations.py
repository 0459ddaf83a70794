"""Marks after sentences, and the list of the sources that a document cites."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import Source, Strength
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from iop_fit.outline.blocks import Column, Comparison, Item, Items, Paragraph
from iop_fit.outline.citations import cite, cite_each, source_list, uncited, with_marks
from iop_fit.outline.parts.direction import callout_of
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report.formats import export, render
from iop_fit.report.to_html import to_html
from support import DAY, ROOT
from support.example_results import each_example, public_result_of, result_of
from support.html_pages import Page
from support.sentence_checks import DRAWN, ON_PAPER, check

CITED = load_questionnaire(ROOT / "tests" / "questionnaires" / "valid" / "cited.yaml")
JUDGMENT = Source("guess", "A guess.", strength=Strength.JUDGMENT)
STUDIES = tuple(Source(name, f"Study {name}.") for name in ("a", "b", "c"))


@pytest.fixture
def result() -> Assessment:
    return assess(CITED, AnswerSheet({"alone": Chosen(("always",))}), on=DAY)


def cited_in(parts: Mapping[str, tuple[Paragraph, ...]]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the texts of paragraphs with marks, and the ids of the sources in the list."""
    marked, cited = with_marks(parts, (JUDGMENT, *STUDIES))
    texts = {name: [block.text for block in blocks if isinstance(block, Paragraph)] for name, blocks in marked.items()}
    return texts, [source.id for source in cited]


def test_marks_follow_the_first_mention() -> None:
    parts = {
        "one": (Paragraph(cite("First.", ("c", "a"))),),
        "two": (Paragraph(cite_each("Also:", [("Second.", ("b",)), ("Third.", ()), ("Fourth.", ("b", "a", "a"))])),),
    }
    texts = {"one": ["First.[1][2]"], "two": ["Also: Second.[3] Third. Fourth.[2][3]"]}
    assert cited_in(parts) == (texts, ["c", "a", "b"])


def test_marks_leave_out_judgment() -> None:
    parts = {"one": (Paragraph(cite("First.", ("guess",))), Paragraph(cite("Second.", ("guess", "b"))))}
    assert cited_in(parts) == ({"one": ["First.", "Second.[1]"]}, ["guess", "b"])


def test_marks_reach_every_nested_text() -> None:
    column = Column("Title", cite("Text.", ("a",)), (("List", Items((Item(cite("Item.", ("b",)), ("Detail.",)),))),))
    plain = Column("Title", "Text.", ())
    (marked,) = with_marks({"": (Comparison(column, plain),)}, STUDIES)[0][""]
    assert isinstance(marked, Comparison)
    assert (marked.left.text, marked.left.lists[0][1].items) == ("Text.[1]", (Item("Item.[2]", ("Detail.",)),))
    assert marked.right == plain


def test_text_without_marks_is_unchanged() -> None:
    assert cite_each("Because:", [("One.", ("a",)), ("Two.", ())]) == "Because: One. Two."
    (marked,) = with_marks({"": (Paragraph(cite("One.", ("a",))),)}, STUDIES)[0][""]
    assert isinstance(marked, Paragraph)
    assert (marked.text, uncited(marked.text), uncited("A text [1].")) == ("One.[1]", "One.", "A text [1].")


def test_source_list_says_year_and_strength() -> None:
    full = Source("x", "A study.", "x.org", 2020, "It helps.", Strength.STUDY)
    dated = full._replace(cite="A study, 2020.", link="", shows="", strength=None)
    items = (
        Item(
            "A study. (2020) x.org",
            ("What it shows: It helps.", "Strength: a study that compared or followed people, without chance."),
        ),
        Item("A study, 2020."),
    )
    assert list(source_list((full, dated))) == [Items(items, numbered=True, cited=True)]


def test_source_list_ends_with_judgment() -> None:
    listed = Items((Item("Study a."),), numbered=True, cited=True)
    assert list(source_list((JUDGMENT, STUDIES[0]))) == [listed, Paragraph("A guess.")]
    assert list(source_list((JUDGMENT,))) == [Paragraph("A guess.")]
    assert list(source_list(())) == []


def test_every_strength_has_words_of_its_own() -> None:
    assert len({each.words for each in Strength}) == len(Strength)


SCREEN = """\
Do this first ───────────────────────────────
╭─ Talk with someone today ─────────────────╮
│ Because: All evenings are spent           │
│ alone.[1][2]                              │
│ Call or text 988.[2]                      │
"""
LISTED = """\
Sources ─────────────────────────────────────
1. A law on phone lines. (2020)
   Strength: a law or an official rule.
2. Advice on crises. (2020)
   example.org/crisis
   What it shows: Talking helps.
   Strength: a guideline of a professional
   body or a public agency.
3. Twelve studies of hours.
   Strength: a review of many studies.
4. A trial of nights at home, 2019.
   What it shows: Both did as well.
   Strength: a trial that assigned people by
   chance.
5. Prices of programs. (2021)
   Strength: published counts.
Some thresholds are judgment.
"""
MARKED_ON_SCREEN = ["alone.[1][2]", "988.[2]", "alone.[3]", "week.[3]", "home.[4]", "differ.[5]", "hours.[3]"]
"""The words with marks, in the order of the screen."""


def test_full_of_45_columns_has_marks_and_list(result: Assessment) -> None:
    shown = render(result, "text", full=True, width=45)
    assert SCREEN in shown
    assert LISTED in shown
    assert re.findall(r"\S+\[\d+\]", shown) == MARKED_ON_SCREEN


@pytest.mark.parametrize("name", DRAWN)
def test_every_format_has_the_same_marks(name: str, result: Assessment) -> None:
    check(paper_of(result) if name in ON_PAPER else full_of(result), name)
    draw, _ = DRAWN[name]
    assert re.findall(r"\w+\.(?:\[\d+\])+", draw(full_of(result))) == MARKED_ON_SCREEN


def test_questions_and_options_have_no_marks(result: Assessment) -> None:
    assert [question.sources for question in CITED.questions.values()] == [("hours-2014",)]
    assert "alone? | Always" in render(result, "markdown").replace("spent ", "")
    assert "\n| What does it cost? |" in render(result, "markdown")


def numbers_in(texts: Iterable[str]) -> list[int]:
    return [int(number) for text in texts for number in re.findall(r"\[(\d+)\]", text)]


@each_example
def test_list_has_only_what_the_document_cites(path: Path, questionnaire: Questionnaire) -> None:
    for outline in (full_of(result_of(path, questionnaire)), paper_of(public_result_of(path, questionnaire))):
        listed = [block for part in outline.parts for block in part.blocks if isinstance(block, Items) and block.cited]
        used = numbers_in([Page(to_html(outline)).texts["body"]])
        assert [*dict.fromkeys(used)] == [*range(1, sum(len(items.items) for items in listed) + 1)]


def test_html_marks_link_to_their_sources(result: Assessment) -> None:
    page = Page(to_html(paper_of(result)))
    assert page.malformed == []
    targets = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert targets == [f"#source-{number}" for number in (1, 2, 2, 3)]
    assert [attributes["id"] for _, attributes in page.elements if "id" in attributes] == [
        f"source-{number}" for number in range(1, 4)
    ]


def test_documents_without_a_list_have_no_marks(result: Assessment) -> None:
    callout = callout_of(result.cards[0])
    assert (callout.text, callout.because) == ("Call or text 988.", "Because: All evenings are spent alone.")
    assert b"Call or text 988.<" in export(result, "fhir")
    assert b"[1]" not in export(result, "fhir")


def test_withheld_result_cites_only_alerts() -> None:
    withholding = tuple(alert._replace(withholds=True) for alert in CITED.alerts)
    result = assess(replace(CITED, alerts=withholding), AnswerSheet({"alone": Chosen(("always",))}), on=DAY)
    assert [source.id for source in result.sources] == ["judgment", "crisis-2020", "law-2020"]
