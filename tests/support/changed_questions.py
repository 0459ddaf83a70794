"""Later versions of the bundled questionnaire, to read results saved today."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from support import ROOT

Edit = Callable[[str], str]

SLEEP = """
  - id: sleep
    ask: In the past week, how did you sleep?
    ask about someone: In the past week, how did they sleep?
    why: Nights without sleep wear people down.
    options:
      well: Well
      hardly: Hardly at all
    dimension: 3
    sources: [judgement]

points:
"""
SLEEPLESS = "  - {id: sleepless, raises: see-a-doctor-soon, when: {sleep: {at least: hardly}}, because: No sleep.}\n"


def replaced(old: str, new: str, times: int = 1) -> Edit:
    def edit(text: str) -> str:
        assert text.count(old) == times, f"{old!r} occurs {text.count(old)} times, not {times}"
        return text.replace(old, new)

    return edit


def without_access(text: str) -> str:
    """Remove the question about access and the condition that depends on it."""
    shorter = text[: text.index("  - id: access\n")] + text[text.index("  - id: note\n") :]
    return re.sub(r" +when: \{access: .*\n", "", shorter)


VERSION: dict[str, Edit] = {"questionnaire.yaml": lambda text: re.sub("\nversion: .*", "\nversion: 9.9.9", text)}
LOWER_THRESHOLDS = {
    "directions.yaml": replaced(
        "{can-wait: {at least: hard}}\n    because: It is", "{can-wait: {at least: mostly}}\n    because: It is"
    ),
    "support.yaml": replaced("levels: {some: 2, a lot: 3}", "levels: {some: 1, a lot: 3}"),
}
QUESTION_GONE = {"wishes.yaml": without_access}
QUESTION_ADDED = {
    "mental-health.yaml": replaced("\npoints:\n", SLEEP),
    "alerts.yaml": lambda text: text + SLEEPLESS,
}
OPTION_RENAMED = {
    "wishes.yaml": lambda text: replaced("[looking]", "[curious]")(replaced(" looking: Only", " curious: Only")(text))
}


def changed(folder: Path, *changes: Mapping[str, Edit]) -> Questionnaire:
    """Return a changed copy of the bundled questionnaire, as version 9.9.9, from a new folder."""
    shutil.copytree(ROOT / "questions" / "program-fit", folder)
    for name, edit in (pair for change in (VERSION, *changes) for pair in change.items()):
        path = folder / name
        path.write_text(edit(path.read_text()))
    return load_questionnaire(folder)
