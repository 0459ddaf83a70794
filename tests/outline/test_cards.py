"""Cards on the screen and on paper, what an emergency leaves out, and what JSON keeps."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from iop_fit.outline.blocks import Block, Callout, Outline
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report.to_json import to_json
from iop_fit.report.to_plain import to_plain
from support import DAY, TESTS
from support.html_pages import block_texts

CARDS = TESTS / "questionnaires" / "valid" / "cards.yaml"
QUESTIONNAIRE = load_questionnaire(CARDS)


def result(shaking: str, seeing: str, alone: str, *, questionnaire: Questionnaire = QUESTIONNAIRE) -> Assessment:
    """Assess three answers, each an option or `skip`."""

    def answer(option: str) -> Answer:
        return Skipped(SkipReason.DONT_KNOW) if option == "skip" else Chosen((option,))

    answers = {"shaking": answer(shaking), "seeing": answer(seeing), "alone": answer(alone)}
    return assess(questionnaire, AnswerSheet(answers), on=DAY)


def both_outlines(assessment: Assessment) -> Iterator[dict[str, tuple[Block, ...]]]:
    for outline in (full_of(assessment), paper_of(assessment)):
        yield parts(outline)


def parts(outline: Outline) -> dict[str, tuple[Block, ...]]:
    return {part.title: part.blocks for part in outline.parts}


def first(found: dict[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """Return the cards, which the full report and the paper name differently."""
    (blocks,) = (found[title] for title in ("Do this first", "Safety first") if title in found)
    return blocks


def titles(blocks: tuple[Block, ...]) -> list[str]:
    return [block.title for block in blocks if isinstance(block, Callout)]


def test_alerts_of_one_card_are_one_callout() -> None:
    for found in both_outlines(result("bad", "never", "often")):
        strongest, other = first(found)
        assert strongest == Callout(
            urgent=True, title="See a doctor today", because="Because: You shake badly.", text="Go today.", contacts=()
        )
        assert titles((other,)) == ["Find company"]


def test_callout_gives_the_reason_before_the_text() -> None:
    lines = to_plain(full_of(result("some", "never", "rarely"))).splitlines()
    place = lines.index("See a doctor first")
    assert lines[place : place + 3] == ["See a doctor first", "Because: You shake.", "Ask for a check."]


def test_why_gives_only_the_strongest_rung() -> None:
    text = to_plain(full_of(result("bad", "never", "rarely")))
    assert "Bad shaking takes more hours." in text
    assert "Shaking takes more hours." not in text


@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        (("skip", "never", "skip"), ["Go today if the shaking is bad.", "A friend can help."]),
        (("skip", "skip", "often"), ["Call 911 if you see things.", "Go today if the shaking is bad."]),
        (("skip", "now", "skip"), None),
        (("bad", "never", "rarely"), None),
    ],
)
def test_open_alerts_are_one_line_per_card(answers: tuple[str, str, str], lines: list[str] | None) -> None:
    for found in both_outlines(result(*answers)):
        blocks = found.get("Because some questions were skipped")
        assert (blocks and list(block_texts(blocks[1]))) == lines


def test_open_alert_of_a_raised_card_is_left_out(tmp_path: Path) -> None:
    """Here `own` shares the card of `check`, which is raised."""
    path = tmp_path / "shared.yaml"
    path.write_text(CARDS.read_text().replace("{id: own, ", "{id: own, card: withdrawal, "))
    for found in both_outlines(result("some", "never", "skip", questionnaire=load_questionnaire(path))):
        assert titles(first(found)) == ["See a doctor first"]
        assert "Because some questions were skipped" not in found


def test_emergency_leaves_nothing_lesser_beside_it() -> None:
    assessment = result("skip", "now", "often")
    for found in both_outlines(assessment):
        assert titles(first(found)) == ["Call 911 now"]
        assert {"Because some questions were skipped", "Skipped questions"}.isdisjoint(found)
        words = " ".join(text for blocks in found.values() for block in blocks for text in block_texts(block))
        for lesser in ("Find company", "doctor", "Go today", "How bad is the shaking", "Visit", "Make a call"):
            assert lesser not in words
    assert "First, call 911." in to_plain(full_of(assessment))


def test_json_keeps_every_alert_with_its_card() -> None:
    found: dict[str, Any] = json.loads(to_json(result("bad", "never", "often")))
    assert [(each["id"], each["card"]) for each in found["alerts"]] == [
        ("today", "withdrawal"),
        ("check", "withdrawal"),
        ("own", "own"),
    ]
    assert {each["id"]: each["shown"] for each in found["fired"]} == {
        "shaking-bad": True,
        "shaking-some": False,
        "alone-often": True,
        "more-bad": True,
        "more-some": False,
    }


def test_json_keeps_what_an_emergency_leaves_out() -> None:
    found: dict[str, Any] = json.loads(to_json(result("skip", "now", "often")))
    assert [each["id"] for each in found["alerts"]] == ["now", "own"]
    assert [(each["id"], each["card"]) for each in found["open_alerts"]] == [
        ("today", "withdrawal"),
        ("check", "withdrawal"),
    ]
    assert {each["id"]: each["shown"] for each in found["fired"]} == {"seeing-now": True, "alone-often": False}
    assert [each["id"] for each in found["skipped"]] == ["shaking"]
