"""Rendering through the Python API: literal types, and PDF without Typst."""

import importlib.util
import sys
from typing import get_args

import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.problem_codes import Code
from iop_fit.report import formats
from iop_fit.report.registry import DRAWN, FORMATS, PAPERS, REPORTS, DrawnFormat, Format, Paper, TextFormat
from support import DAY
from support.example_results import EXAMPLES


@pytest.fixture(scope="module")
def result(questionnaire: Questionnaire) -> iop_fit.Assessment:
    return iop_fit.assess(questionnaire, iop_fit.load_answers(EXAMPLES[0], questionnaire), on=DAY)


def test_literal_types_list_what_the_registry_has() -> None:
    """In the same order: the help of a command lists them so."""
    assert get_args(Format) == FORMATS == ("text", *REPORTS)
    assert get_args(TextFormat) == tuple(name for name in FORMATS if name == "text" or not REPORTS[name].binary)
    assert get_args(DrawnFormat) == ("text", *DRAWN)
    assert get_args(Paper) == PAPERS


def test_render_and_export_give_what_the_reports_give(result: iop_fit.Assessment) -> None:
    options = {"full": True, "width": 60, "color": True, "plain": False}
    assert iop_fit.render(result, "text", **options) == formats.render(result, "text", **options)  # type: ignore[arg-type]
    assert iop_fit.render(result, plain=True) == formats.render(result, "text", plain=True)
    for paper in PAPERS:
        assert iop_fit.export(result, "html", paper=paper) == formats.export(result, "html", paper=paper)


def test_export_without_typst_raises_the_public_error(
    result: iop_fit.Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a computer without a wheel of Typst; the other formats work there."""
    monkeypatch.setitem(sys.modules, "typst", None)
    assert importlib.util.find_spec("typst") is None
    with pytest.raises(iop_fit.IopFitError) as caught:
        iop_fit.export(result, "pdf")
    assert [problem.code for problem in caught.value.problems] == [Code.NO_PDF]
    assert str(caught.value).endswith("Export to a .html file instead, open it in a browser and print it.")
    assert iop_fit.export(result, "html").startswith(b"<!DOCTYPE html>")


def test_unknown_format_and_paper_are_value_errors(result: iop_fit.Assessment) -> None:
    with pytest.raises(ValueError, match="unknown text format 'pdf'"):
        iop_fit.render(result, "pdf")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown paper size 'a5'"):
        iop_fit.export(result, "pdf", paper="a5")  # type: ignore[arg-type]
