"""Results of the bundled examples."""

from pathlib import Path

import pytest

from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.storage.answer_files import AnswersFile, Expectation, load_sheet
from support import DAY, ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
AT_THE_LINES = sorted((ROOT / "examples" / "at-the-lines").glob("*.yaml"))


each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def counted(questionnaire: Questionnaire) -> str:
    """Return how the first lines of `check` count the bundled questionnaire and the example people."""
    people = [*EXAMPLES, *AT_THE_LINES]
    counts = {
        "rules": len(questionnaire.rules),
        "alerts": len(questionnaire.alerts),
        "directions": len(questionnaire.directions),
        "points": len(questionnaire.points),
        "examples": len(people),
    }
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def private_title(questionnaire: Questionnaire) -> str:
    """Return the title of the one private alert, which a page shows only if asked."""
    (title,) = (alert.title for alert in questionnaire.alerts if alert.private)
    return title


def read(path: Path, questionnaire: Questionnaire) -> AnswersFile:
    return load_sheet(path.read_text(), path.name, questionnaire)


def result_of(path: Path, questionnaire: Questionnaire) -> Assessment:
    return assess(questionnaire, read(path, questionnaire).sheet, on=DAY, include_private=True)


def public_result_of(path: Path, questionnaire: Questionnaire) -> Assessment:
    return assess(questionnaire, read(path, questionnaire).sheet, on=DAY)


def outcome(result: Assessment) -> Expectation:
    return Expectation(
        direction=result.direction.id if result.direction else None,
        highest=result.highest.id if result.highest else None,
        withheld_by=result.withheld_by.id if result.withheld_by else None,
        firm=result.firm,
        alerts=tuple(raised.alert.id for raised in result.alerts),
        open_alerts=tuple(raised.alert.id for raised in result.open_alerts),
    )
