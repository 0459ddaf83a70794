"""The bundled questionnaire as a decision aid: what docs/decision-aid.md says is met, is on screen and on paper."""

import re
from collections.abc import Iterator
from typing import TypeVar

import pytest

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.care_option import CareRow
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Grid, Items, Ladder, Outline, Table
from iop_fit.outline.parts.care_options import STEPS, TITLES, options_outline
from iop_fit.outline.parts.reasons import LEVELS
from iop_fit.outline.provenance import about_outline
from iop_fit.outline.result import full_of, paper_of, summary_of
from support import ROOT
from support.example_results import EXAMPLES, result_of
from support.html_pages import all_texts

PAGE = (ROOT / "docs" / "decision-aid.md").read_text()
READ = ("everyday-drinking", "for-a-brother")
"""The examples that were scored."""
RATE = re.compile(r"(?:about )?\d+(?: more)? of 100\b")
IN_WORDS = re.compile(r"\((?:about )?(?:a third|a few|fewer|more|almost)[^)]*\)|fewer than 1 in 10")


@pytest.fixture(params=READ)
def result(request: pytest.FixtureRequest, questionnaire: Questionnaire) -> Assessment:
    """A result that was scored."""
    return result_of(next(path for path in EXAMPLES if path.stem == request.param), questionnaire)


def places(result: Assessment) -> dict[str, tuple[Outline, ...]]:
    """Return the documents of each place that is scored: the screen and what its keys open, and all pages of paper."""
    about = about_outline(result.questionnaire, result.assessed_on)
    return {
        "screen": (summary_of(result), full_of(result), options_outline(result.questionnaire, result), about),
        "paper": (paper_of(result),),
    }


def texts(outlines: tuple[Outline, ...]) -> str:
    """Return all texts of some documents, one a line."""
    return "\n".join(text for outline in outlines for text in all_texts(outline))


B = TypeVar("B")


def blocks(outlines: tuple[Outline, ...], kind: type[B]) -> Iterator[B]:
    """Yield the blocks of one kind."""
    return (each for outline in outlines for part in outline.parts for each in part.blocks if isinstance(each, kind))


# The items that qualify and certify


def test_condition_and_its_course_are_described(result: Assessment) -> None:
    said = result.questionnaire.condition
    assert "better, stay the same or get worse" in " ".join(said.split())
    assert all(said in texts(outlines) for outlines in places(result).values())


def test_decision_is_stated(result: Assessment) -> None:
    assert all("What kind of treatment should I ask about?" in texts(outlines) for outlines in places(result).values())


def test_every_option_is_described_in_every_row(result: Assessment) -> None:
    for outlines in places(result).values():
        (grid,) = blocks(outlines, Grid)
        assert len(grid.columns) == len(result.questionnaire.care_options) == 6
        assert [row.title for row in grid.rows] == [TITLES[row][0 if result.about == "me" else -1] for row in CareRow]
        assert all(cell for row in grid.rows for cell in row.cells)


def test_certainty_is_defined_and_given_for_each_option(result: Assessment) -> None:
    words = ("Fairly", "Somewhat", "Not very")
    assert all(option.sure.startswith(words) for option in result.questionnaire.care_options)
    for outlines in places(result).values():
        said = texts(outlines)
        assert all(f"“{word.lower()}”" in said.lower() for word in words)


# The items of quality


def test_nothing_for_now_says_what_happened_to_people(questionnaire: Questionnaire) -> None:
    nothing = questionnaire.care_options[0]
    assert nothing.id == "nothing-now"
    assert all(RATE.search(study.text) and study.sources for study in nothing.studies)


def every_text_with_a_rate(questionnaire: Questionnaire) -> Iterator[str]:
    yield from (study.text for option in questionnaire.care_options for study in option.studies)
    yield from (text for point in questionnaire.points for text in (point.text, point.why) if text)


def test_each_rate_is_also_said_in_words(questionnaire: Questionnaire) -> None:
    """A rate of 100 is followed by its words, before the next sentence ends; two that are compared may share them."""
    found = [text for text in every_text_with_a_rate(questionnaire) if RATE.search(text)]
    assert len(found) >= 8
    assert [text for text in found if not IN_WORDS.search(text)] == []


def test_steps_of_deciding_ask_what_matters_most(result: Assessment) -> None:
    steps = STEPS[result.about]
    assert "circle the good side" in steps[0]
    for outlines in places(result).values():
        assert any(tuple(item.text for item in items.items) == steps for items in blocks(outlines, Items))


def test_paper_has_a_worksheet_for_two_programs(result: Assessment) -> None:
    (worksheet,) = (table for table in blocks(places(result)["paper"], Table) if len(table.headers) == 3)
    assert 1 <= len(worksheet.rows) <= 6
    assert all(row[1:] == ("", "") for row in worksheet.rows)


def test_page_about_says_who_was_not_asked(questionnaire: Questionnaire) -> None:
    authors, evidence = questionnaire.provenance.authors, questionnaire.provenance.evidence
    assert "No patients or clinicians helped to plan it or tried it." in authors
    assert "No study shows yet" in evidence


# The CDC Clear Communication Index


def test_main_message_comes_before_everything_else(result: Assessment) -> None:
    for outline in (summary_of(result), full_of(result), paper_of(result)):
        title, lead, *_ = all_texts(outline)
        assert title == outline.title
        assert result.cards[0].alert.alert.title in lead


def test_drawing_has_the_steps_of_the_message(result: Assessment) -> None:
    for outline in (summary_of(result), full_of(result), paper_of(result)):
        (drawing,) = blocks((outline,), Ladder)
        assert any(rung.here for rung in drawing.rungs)
        assert drawing.words.endswith(".")


def test_areas_have_words_and_no_share_of_a_maximum(result: Assessment) -> None:
    said = texts((full_of(result),))
    assert any(level in said for level in LEVELS.values())
    assert not re.search(r"\d+ of \d+\)", said)


def test_names_of_dimensions_are_plain(result: Assessment) -> None:
    assert not re.search(r"[Bb]iomedical|person-centered|[Ii]ntoxication|delirium", texts(places(result)["paper"]))


def test_card_about_naloxone_says_what_the_risk_is(questionnaire: Questionnaire) -> None:
    (card,) = (alert for alert in questionnaire.alerts if alert.id == "naloxone")
    assert "stop someone's breathing" in card.text
    assert "Naloxone" in card.text


# The page itself

ROW = re.compile(r"^\| (?P<item>[^|]+) \| (?P<screen>[^|]+) \| (?P<paper>[^|]+) \| (?P<where>[^|]*)\|$", re.MULTILINE)
LINK = re.compile(r"\[`(?P<test>test_\w+)`\]\(\.\./(?P<path>tests/[\w/]+\.py)\)")


def scored(title: str) -> list[re.Match[str]]:
    """Return the rows of the table below a heading of the page."""
    (section,) = (each for each in PAGE.split("\n## ") if each.startswith(title))
    return [row for row in ROW.finditer(section) if row["item"] not in ("item", "---")]


@pytest.mark.parametrize(("title", "items"), [("Qualifying", 6), ("Certification", 6), ("Quality", 23)])
def test_page_gives_every_item_and_counts_them_right(title: str, items: int) -> None:
    rows = scored(title)
    met = {place: sum(row[place].startswith("met") for row in rows) for place in ("screen", "paper")}
    assert len(rows) == items
    assert f"{title}: {met['screen']} of {items} on screen, {met['paper']} of {items} on paper." in PAGE


def test_page_gives_every_item_of_the_index_and_counts_them_right() -> None:
    rows = scored("CDC Clear Communication Index")
    assert len(rows) == 20
    for place in ("screen", "paper"):
        met = sum(row[place].startswith("met") for row in rows)
        assert f"{met} of 20 on {place} ({met * 5} of 100)" in PAGE


def test_each_met_item_links_to_a_test_that_exists() -> None:
    for title in ("Qualifying", "Certification", "Quality", "CDC Clear Communication Index"):
        for row in scored(title):
            links = list(LINK.finditer(row["where"]))
            assert bool(links) == ("met" in (row["screen"].split()[0], row["paper"].split()[0])), row["item"]
            for link in links:
                assert f"def {link['test']}(" in (ROOT / link["path"]).read_text(), row["item"]
