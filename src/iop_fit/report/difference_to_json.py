"""What changed between two results, as JSON for programs."""

from iop_fit.domain.question import Question
from iop_fit.storage.conclusion import Outcome, outcome_of
from iop_fit.storage.difference import ChangedAnswer, Difference, Scored
from iop_fit.text import json_text
from iop_fit.version import VERSION

__all__ = ["COMPARISON_FORMAT", "difference_to_json"]

COMPARISON_FORMAT = "iop-fit comparison 1"
"""The name and version of the format."""


def difference_to_json(difference: Difference) -> str:
    """Return the comparison as JSON, in the format that `docs/reference/json-output.md` describes."""
    questionnaire = difference.after.saved.questionnaire
    comparison = {
        "format": COMPARISON_FORMAT,
        "tool": {"id": "iop-fit", "version": VERSION},
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "digest": questionnaire.digest,
        },
        "old": _side(difference.before),
        "new": _side(difference.after),
        "private_left_out": difference.one_private,
        "changed": [_change(change) for change in difference.changed],
        "only_old": _ids(difference.only_before),
        "only_new": _ids(difference.only_now),
    }
    return json_text(comparison)


def _side(scored: Scored) -> dict[str, object]:
    saved = scored.saved
    return {
        "assessed_on": saved.assessed_on.isoformat(),
        "for": saved.sheet.about.value,
        "in_file": _outcome(saved.said),
        "scored_now": _outcome(outcome_of(scored.result)),
        "no_longer_fit": list(saved.dropped),
        "not_answered": list(saved.new),
    }


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "direction": outcome.direction,
        "highest": outcome.highest,
        "withheld_by": outcome.withheld_by,
        "firm": outcome.firm,
        "alerts": [alert.id for alert in outcome.alerts],
    }


def _change(change: ChangedAnswer) -> dict[str, object]:
    question, before, now = change
    return {"id": question.id, "old": question.value_of(before), "new": question.value_of(now)}


def _ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]
