"""The formats of a result as another program calls them."""

import pytest

from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.result import paper_of
from iop_fit.report.formats import draw, export, render
from support import DAY
from support.scripted import calm_sheet


@pytest.fixture(scope="module")
def assessment(questionnaire: Questionnaire) -> Assessment:
    return assess(questionnaire.public(), calm_sheet(questionnaire.public()), on=DAY)


@pytest.mark.parametrize("name", ["json", "fhir", "plain", "markdown", "html"])
def test_render_returns_the_text_that_export_encodes(assessment: Assessment, name: str) -> None:
    assert render(assessment, name) == export(assessment, name).decode()


def test_render_rejects_an_unknown_format(assessment: Assessment) -> None:
    with pytest.raises(
        ValueError, match=r"^unknown text format 'pdf'; expected one of text, html, markdown, plain, fhir, json$"
    ):
        render(assessment, "pdf")


def test_draw_rejects_an_unknown_format(assessment: Assessment) -> None:
    with pytest.raises(
        ValueError, match=r"^can't draw an outline as 'json'; expected one of pdf, html, markdown, plain$"
    ):
        draw(paper_of(assessment), "json")
