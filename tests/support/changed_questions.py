"""Later versions of the bundled questionnaire, to read results saved today."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from support import ROOT

Edit = Callable[[str], str]
FOLDER = ROOT / "questions" / "program-fit"

SLEEP = """
  - id: sleep
    ask: In the past week, how did you sleep?
    ask about someone: In the past week, how did they sleep?
    why: Nights without sleep wear people down.
    options:
      well: Well
      hardly: Hardly at all
    dimension: 3
    sources: [judgment]

points:
"""
SLEEPLESS = "  - {id: sleepless, raises: see-a-doctor-soon, when: {sleep: {at least: hardly}}, because: No sleep.}\n"


def replaced(old: str, new: str, times: int = 1) -> Edit:
    def edit(text: str) -> str:
        assert text.count(old) == times, f"{old!r} occurs {text.count(old)} times, not {times}"
        return text.replace(old, new)

    return edit


def without(question: str) -> dict[str, Edit]:
    """Remove a practical question, and the points that depend on it, from every file."""

    def edit(text: str) -> str:
        nouns = re.split(r"(?m)^(?=  - id: |points:)", text)
        return "".join(each for each in nouns if not re.match(f"  - id: {question}\n", each) and named not in each)

    named = f"{{{question}: "
    return {
        path.name: edit for path in FOLDER.glob("*.yaml") if re.search(f"{named}|id: {question}\n", path.read_text())
    }


def renamed(question: str, old: str, new: str) -> Edit:
    """Rename an option of a question, where it is defined and where it is tested."""

    def edit(text: str) -> str:
        head, start, tail = text.partition(f"  - id: {question}\n")
        assert start
        whole = head + start + tail.replace(f"\n      {old}: ", f"\n      {new}: ", 1)
        tests = rf"(?<=\b{question}: {{any of: \[)[^]]*"
        return re.sub(tests, lambda found: re.sub(rf"\b{old}\b", new, found[0]), whole)

    return edit


VERSION: dict[str, Edit] = {"questionnaire.yaml": lambda text: re.sub("\nversion: .*", "\nversion: 9.9.9", text)}
LOWER_THRESHOLDS = {
    "directions.yaml": replaced(
        "raises: iop\n    when: {hold-off: {at least: hard}}", "raises: iop\n    when: {hold-off: {at least: mostly}}"
    ),
    "home.yaml": replaced("levels: {some: 2, a lot: 4}", "levels: {some: 1, a lot: 4}"),
}
QUESTION_GONE = without("wish")
QUESTION_ADDED = {
    "mental-health.yaml": replaced("\npoints:\n", SLEEP),
    "alert-rules.yaml": lambda text: text + SLEEPLESS,
}
OPTION_RENAMED = {"budget.yaml": renamed("pay", "job", "employer")}


def changed(folder: Path, *changes: Mapping[str, Edit]) -> Questionnaire:
    """Return a changed copy of the bundled questionnaire, as version 9.9.9, from a new folder."""
    shutil.copytree(FOLDER, folder)
    for name, edit in (pair for change in (VERSION, *changes) for pair in change.items()):
        path = folder / name
        path.write_text(edit(path.read_text()))
    return load_questionnaire(folder)
