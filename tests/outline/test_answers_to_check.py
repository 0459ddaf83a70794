"""How results show answers that don't agree."""

import json
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.assessment import Assessment
from iop_fit.outline.blocks import Item, Items, Paragraph
from iop_fit.outline.result import full_of, paper_of
from support import DAY
from support.disagreeing import disagreeing

TITLE = "Answers to check"
BLOCKS = (
    Paragraph("These two answers don't agree:"),
    Items((Item("Opioids: Never"), Item("Is medicine for opioid use taken?: Yes"))),
)


def assessed(folder: Path, alone: str = "rarely", **alert: object) -> Assessment:
    questionnaire = disagreeing(folder, **alert)  # type: ignore[arg-type]
    answers = {"alone": Chosen((alone,)), "opioids": Chosen(("never",)), "medicine": Chosen(("taken",))}
    return iop_fit.assess(questionnaire, AnswerSheet(answers), on=DAY)


def test_screen_and_paper_show_both_answers(tmp_path: Path) -> None:
    assessment = assessed(tmp_path)
    for outline in (full_of(assessment), paper_of(assessment)):
        assert [part.blocks for part in outline.parts if part.title == TITLE] == [BLOCKS]


@pytest.mark.parametrize("alert", [{"withholds": True}, {"level": "emergency"}])
def test_urgent_result_shows_no_contradictions(tmp_path: Path, alert: dict[str, object]) -> None:
    assessment = assessed(tmp_path, "always", **alert)
    for outline in (full_of(assessment), paper_of(assessment)):
        assert TITLE not in [part.title for part in outline.parts]
    assert TITLE in [part.title for part in full_of(assessed(tmp_path, "always")).parts]


@pytest.mark.parametrize("withholds", [False, True])
def test_json_lists_contradictions_in_any_result(tmp_path: Path, withholds: bool) -> None:
    result = json.loads(iop_fit.render(assessed(tmp_path, "always", withholds=withholds), "json"))
    assert result["contradictions"] == [
        {
            "id": "medicine-without-opioids",
            "questions": ["opioids", "medicine"],
            "ask": "Earlier you said no opioids. Which is right?",
        }
    ]
