"""The options of care: what is described, what is marked, and when nothing is shown."""

from dataclasses import replace

import pytest

from iop_fit.domain.answers import Chosen
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.care_option import CareRow
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Callout, Grid, Outline, Paragraph
from iop_fit.outline.parts.care_options import NONE_DESCRIBED, NOT_NOW, care_options, options_outline
from iop_fit.outline.result import PAPER, paper_of
from support import DAY
from support.example_results import EXAMPLES, public_result_of, read

BY_NAME = {path.stem: path for path in EXAMPLES}


def grid_of(outline: Outline) -> Grid:
    (grid,) = (block for part in outline.parts for block in part.blocks if isinstance(block, Grid))
    return grid


def said(outline: Outline) -> list[str]:
    return [block.text for part in outline.parts for block in part.blocks if isinstance(block, Paragraph)]


def result(questionnaire: Questionnaire, name: str) -> Assessment:
    return public_result_of(BY_NAME[name], questionnaire)


def option_marks(questionnaire: Questionnaire, assessment: Assessment) -> dict[str, str]:
    grid = grid_of(options_outline(questionnaire, assessment))
    ids = (option.id for option in questionnaire.care_options)
    return {name: column.mark for name, column in zip(ids, grid.columns, strict=True) if column.mark}


# What is described


@pytest.mark.parametrize("audience", Audience)
def test_grid_has_each_text_in_the_right_cell(questionnaire: Questionnaire, audience: Audience) -> None:
    grid = grid_of(options_outline(questionnaire, audience=audience))
    options = questionnaire.worded_for(audience).care_options
    assert [column.title for column in grid.columns] == [option.name for option in options]
    for row, shown in zip(CareRow, grid.rows, strict=True):
        for option, cell in zip(options, shown.cells, strict=True):
            texts = [study.text for study in option.studies] if row is CareRow.STUDIES else [getattr(option, row)]
            assert [text for text in texts if text not in cell] == []


def test_grid_marks_nothing_without_an_assessment(questionnaire: Questionnaire) -> None:
    grid = grid_of(options_outline(questionnaire))
    assert {column.mark for column in grid.columns} | {row.mark for row in grid.rows} == {""}


def test_titles_follow_who_reads(questionnaire: Questionnaire) -> None:
    me, someone = (
        [row.title for row in grid_of(options_outline(questionnaire, audience=each)).rows] for each in Audience
    )
    assert (me[2], someone[2]) == ("What it asks of you", "What it asks of them")
    assert not any("you" in title.split() for title in someone)


def test_studies_carry_marks_of_the_listed_sources(questionnaire: Questionnaire) -> None:
    outline = options_outline(questionnaire)
    (studies,) = (row for row in grid_of(outline).rows if row.title == "What studies found")
    assert all("[" in cell for cell in studies.cells)
    assert [part.title for part in outline.parts] == [
        *("About alcohol and drug use", "What each is like", "How to decide", "Sources", "Who to call"),
    ]


# What is marked


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("steady-home", {"lighter": "Your answers point here"}),
        ("everyday-drinking", {"iop": "Your answers point here", "withdrawal-care": "Your answers point here first"}),
        ("many-signs", {"inpatient": "Your answers point here", "withdrawal-care": "Your answers point here first"}),
    ],
)
def test_firm_direction_and_alerts_mark_options(questionnaire: Questionnaire, name: str, marks: dict[str, str]) -> None:
    assert option_marks(questionnaire, result(questionnaire, name)) == marks


def test_range_marks_each_option_within_it(questionnaire: Questionnaire) -> None:
    assessment = result(questionnaire, "mostly-skipped")
    assert assessment.direction
    assert assessment.highest
    assert not assessment.firm
    ids = [direction.id for direction in questionnaire.directions]
    within = ids[ids.index(assessment.direction.id) : ids.index(assessment.highest.id) + 1]
    marks = option_marks(questionnaire, assessment)
    assert {name: mark for name, mark in marks.items() if name in ids} == dict.fromkeys(
        within, "Your answers could point here"
    )


def test_mark_for_someone_does_not_speak_to_the_person(questionnaire: Questionnaire) -> None:
    marks = option_marks(questionnaire, result(questionnaire, "for-a-brother"))
    assert marks
    assert all(mark.startswith("The answers ") for mark in marks.values())


def row_marks(questionnaire: Questionnaire, *chosen: str) -> tuple[dict[str, str], list[str]]:
    outline = options_outline(questionnaire, with_values(questionnaire, chosen))
    return {row.title: row.mark for row in grid_of(outline).rows if row.mark}, said(outline)


def with_values(questionnaire: Questionnaire, chosen: tuple[str, ...]) -> Assessment:
    """Return the result of an example with other answers to what matters."""
    sheet = read(BY_NAME["steady-home"], questionnaire).sheet.with_answer("matters", Chosen(chosen))
    return assess(questionnaire, sheet, on=DAY)


def test_what_matters_marks_rows_and_no_option(questionnaire: Questionnaire) -> None:
    marks, paragraphs = row_marks(questionnaire, "sleep-home", "job", "soon")
    assert marks == {
        "A usual day or week": "What matters to you: Sleeping at home",
        "What it costs you besides money": "What matters to you: Keeping my job or staying in school",
    }
    assert "Not on this page, so ask each program about it: Starting soon." in paragraphs
    assert option_marks(questionnaire, with_values(questionnaire, ("away",))) == option_marks(
        questionnaire, with_values(questionnaire, ("sleep-home",))
    )


def test_nothing_that_matters_marks_no_row(questionnaire: Questionnaire) -> None:
    marks, paragraphs = row_marks(questionnaire)
    assert marks == {}
    assert not any("matters" in text or "Not on this page" in text for text in paragraphs)


# When nothing is shown


@pytest.mark.parametrize("name", ["emergency", "under-18"])
def test_options_wait_while_the_direction_is_withheld(questionnaire: Questionnaire, name: str) -> None:
    assessment = result(questionnaire, name)
    assert [*care_options(assessment)] == []
    outline = options_outline(questionnaire, assessment)
    assert isinstance(outline.parts[0].blocks[0], Callout)
    assert NOT_NOW in said(outline)
    assert not any(isinstance(block, Grid) for part in outline.parts for block in part.blocks)


def test_questionnaire_without_options_leaves_the_part_out(questionnaire: Questionnaire) -> None:
    bare = replace(questionnaire, care_options=())
    assert [*care_options(result(bare, "steady-home"))] == []
    assert NONE_DESCRIBED in said(options_outline(bare))


@pytest.mark.parametrize(("name", "pages"), [("steady-home", 3), ("emergency", 2)])
def test_paper_has_no_page_without_parts(questionnaire: Questionnaire, name: str, pages: int) -> None:
    assert PAPER[-1] == ("options",)
    assert len(paper_of(result(questionnaire, name)).pages) == pages
