"""The formats of a result as another program calls them."""

import pytest

from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.result import paper_of
from iop_fit.report.formats import draw, export, render
from iop_fit.report.registry import DRAWN, REPORTS
from support import DAY
from support.scripted import calm_sheet

TEXT_FORMATS = [name for name, report in REPORTS.items() if not report.binary]


@pytest.fixture(scope="module")
def assessment(questionnaire: Questionnaire) -> Assessment:
    return assess(questionnaire.public(), calm_sheet(questionnaire.public()), on=DAY)


@pytest.mark.parametrize("name", ["text", *TEXT_FORMATS])
def test_render_returns_the_text_that_export_encodes(assessment: Assessment, name: str) -> None:
    assert render(assessment, name) == export(assessment, name).decode()


def test_render_rejects_an_unknown_format(assessment: Assessment) -> None:
    expected = ", ".join(("text", *TEXT_FORMATS))
    with pytest.raises(ValueError, match=f"^unknown text format 'pdf'; expected one of {expected}$"):
        render(assessment, "pdf")


def test_export_rejects_an_unknown_format(assessment: Assessment) -> None:
    with pytest.raises(ValueError, match=r"^unknown text format 'xml'"):
        export(assessment, "xml")


def test_draw_rejects_an_unknown_format(assessment: Assessment) -> None:
    with pytest.raises(ValueError, match=f"^can't draw an outline as 'json'; expected one of {', '.join(DRAWN)}$"):
        draw(paper_of(assessment), "json")
