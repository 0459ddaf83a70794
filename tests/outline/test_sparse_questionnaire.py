"""A questionnaire without optional fields: every format omits what is missing."""

import json
from pathlib import Path

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.loading.loader import load_questionnaire
from iop_fit.outline.contacts import hotlines_outline
from iop_fit.report.formats import draw_on_screen, render
from support import DAY, ROOT

MINIMAL = (ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml").read_text()
POINTS = """
programs:
  - {id: a, name: A, short: A, text: One way.}
  - {id: b, name: B, short: B, text: Another way.}
points:
  - {id: both, for: [a, b], list: fits, text: Talk.}
"""


def without_contacts(text: str) -> str:
    return text[: text.index("\ncontacts:")].replace("    contacts: [lifeline]\n", "")


def without_alerts(text: str) -> str:
    bare = without_contacts(text)
    alert_rule = next(line for line in bare.splitlines() if "raises: talk-today" in line)
    return bare[: bare.index("\nalerts:")] + bare[bare.index("\ndirections:") :].replace(alert_rule, "")


def assessed(folder: Path, text: str, answer: str = "always") -> Assessment:
    path = folder / "sparse.yaml"
    path.write_text(text)
    return assess(load_questionnaire(path), AnswerSheet({"alone": Chosen((answer,))}), on=DAY)


def test_alert_without_contacts_has_no_empty_line(tmp_path: Path) -> None:
    assert render(assessed(tmp_path, without_contacts(MINIMAL)), "text", full=True, width=60).splitlines()[5:10] == [
        "Do this first ──────────────────────────────────────────────",
        "╭─ Talk with someone today ────────────────────────────────╮",
        "│ Because: All evenings are spent alone.                   │",
        "│ Call or text 988.                                        │",
        "╰──────────────────────────────────────────────────────────╯",
    ]


def test_fhir_alert_without_contacts_has_no_list(tmp_path: Path) -> None:
    resources = json.loads(render(assessed(tmp_path, without_contacts(MINIMAL)), "fhir"))["entry"]
    assert resources[1]["resource"]["text"]["div"].partition("<h2>")[2].partition("<h2>")[0] == (
        "Do this first</h2><h3>Talk with someone today</h3><p>Because: All evenings are spent alone.</p>"
        "<p>Call or text 988.</p>"
    )


def test_sparse_result_omits_empty_parts(tmp_path: Path) -> None:
    assert (
        render(assessed(tmp_path, without_alerts(MINIMAL) + POINTS), "text", full=True, plain=True)
        == """\
A small questionnaire
Ask about more hours a week.
January 2, 2026. Answers given by the patient. This is not a diagnosis.

What to ask about
Ask about more hours a week.
From less support to more: Fewer hours; More hours. Yours: More hours.
It does not mean that work must stop.

The areas
- Evenings: many concerns (score 2)
A score adds up the answers of an area. It explains, and decides nothing.

Why
- Many evenings are spent alone.
  Answered: Always

Comparing the two kinds of program

A
One way.

B
Another way.
Why it could work, in either program
- Talk.

What would change this
No single answer that could change soon would change the result.

What to do next
1. Make a call.
"""
    )


def test_sparse_summary_omits_empty_parts(tmp_path: Path) -> None:
    bare = without_alerts(MINIMAL)
    summary = """\
Your summary, January 2, 2026
Ask about more hours a week.
This is not a diagnosis.

What to ask about
From less support to more: Fewer hours; More hours. Yours: More hours.
It does not mean that work must stop. Why: Many evenings are spent alone.

What helps, and what to plan for
Plan for this. Evenings: “How often are evenings spent alone?” (Always).
"""
    assert (
        render(assessed(tmp_path, bare), plain=True) == render(assessed(tmp_path, bare + POINTS), plain=True) == summary
    )


def test_hotlines_without_contacts_list_911_and_988(tmp_path: Path) -> None:
    path = tmp_path / "sparse.yaml"
    path.write_text(without_contacts(MINIMAL))
    shown = draw_on_screen(hotlines_outline(load_questionnaire(path).contacts, "en"), width=80, color=False, plain=True)
    assert shown == (
        "Who to call\n\n\nPhone numbers\n"
        "This questionnaire lists no one to call. In the United States, call 911 if life\n"
        "is in danger. In a crisis, call or text 988.\n"
    )
