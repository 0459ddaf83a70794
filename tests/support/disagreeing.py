"""A small questionnaire with contradictions."""

from pathlib import Path

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from support import TESTS

__all__ = ["EARLIER_NONE", "disagreeing"]

MINIMAL = (TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text(encoding="utf-8")
QUESTIONS = """
      - id: opioids
        topic: Opioids
        ask: How often are opioids used?
        why: Opioids call for a plan.
        options: {never: Never, some: On some days, steady: On most days}
        dimension: 1
      - id: medicine
        ask: Is medicine for opioid use taken?
        ask about someone: Do they take medicine for opioid use?
        why: Medicine helps.
        options: {none: No, taken: "Yes", helping: "Yes, and it helps"}
        dimension: 1
      - id: pay
        kind: unranked
        ask: How is care paid for?
        why: Plans pay for different programs.
        options: {plan: A health plan, cash: Cash}
        dimension: 6
        ask when: [{opioids: {at least: some}}]

alerts:"""
EARLIER_NONE = """
  - id: medicine-without-opioids
    questions: [opioids, medicine]
    when: {not: {opioids: {at least: some}}, medicine: {at least: taken}}
    ask: Earlier you said no opioids. Which is right?
    ask about someone: Earlier you said that they use no opioids. Which is right?
"""


def disagreeing(folder: Path, *contradictions: str, level: str = "crisis", withholds: bool = False) -> Questionnaire:
    """Return a questionnaire with the questions alone, opioids, medicine and pay; always alone raises an alert."""
    text = MINIMAL.replace("\nalerts:", QUESTIONS)
    withholding = "\n    withholds: yes\n    enough: [alone]" if withholds else ""
    text = text.replace("level: crisis", f"level: {level}{withholding}")
    path = folder / "disagreeing.yaml"
    path.write_text(f"{text}\ncontradictions:{''.join(contradictions or [EARLIER_NONE])}", encoding="utf-8")
    return load_questionnaire(path)
