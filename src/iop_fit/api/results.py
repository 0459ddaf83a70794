"""Assess answers, and load and compare saved results."""

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import overload

from iop_fit.api.answers import keys_of, load_answers
from iop_fit.domain import assess as engine
from iop_fit.domain import assessment as domain
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import drops_inner_frames
from iop_fit.files.parsing.mapping_reader import read_mapping
from iop_fit.files.sources import Source, content_of
from iop_fit.storage import result_reader
from iop_fit.storage.difference import Difference, difference_of
from iop_fit.storage.saved_result import SavedResult, private_ids

__all__ = ["Assessment", "assess", "compare", "load_result"]


class Assessment(domain.Assessment):
    """The result of one interview. Its `repr` shows no answers; in a notebook, it shows the summary."""

    __slots__ = ()

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain values, the same as its JSON; `load_result` reads it back."""
        from iop_fit.report.to_json import to_json

        values: dict[str, object] = json.loads(to_json(self))
        return values

    def _repr_html_(self) -> str:
        """Return the summary as a frame for notebooks: its styles stay inside, and it can run and load nothing."""
        from iop_fit.outline.result import summary_of
        from iop_fit.report.to_html import to_html

        outline = summary_of(self)
        page = escape(to_html(outline))
        return f'<iframe title="{escape(outline.title)}" width="100%" height="640" sandbox srcdoc="{page}"></iframe>'


@drops_inner_frames
def assess(
    questionnaire: Questionnaire,
    answers: AnswerSheet | Mapping[str, object],
    *,
    on: date,
    include_private: bool = False,
) -> Assessment:
    """Return the assessment of one sheet, or of a mapping that `load_answers` takes, on the date `on`.

    All texts are worded for the sheet's audience. Private answers are ignored unless `include_private` is set, so the
    result is safe to write to a file. Raises `IopFitError` if an answer doesn't fit its question, or if a question that
    is asked is neither answered nor skipped.

    >>> result = iop_fit.assess(questionnaire, answers, on=date(2026, 1, 2))
    >>> result.direction.id, result.firm, [raised.alert.id for raised in result.alerts]
    ('iop', True, ['alcohol-withdrawal', 'alcohol-check'])
    """
    if not isinstance(answers, AnswerSheet):
        answers = _sheet(answers, questionnaire, include_private=include_private)
    return Assessment._make(engine.assess(questionnaire, answers, on=on, include_private=include_private))


def _sheet(content: Mapping[str, object], questionnaire: Questionnaire, *, include_private: bool) -> AnswerSheet:
    """Return the answers in a mapping; private ones are neither read nor missed unless they are included."""
    given = content.get("answers")
    if include_private or not isinstance(given, Mapping):
        return load_answers(content, questionnaire)
    private = private_ids(questionnaire)
    public = {name: answer for name, answer in given.items() if name not in private}
    return load_answers({**content, "answers": public}, questionnaire.public())


@overload
def load_result(source: Source, questionnaire: Questionnaire) -> SavedResult: ...
@overload
def load_result(*, text: str | bytes, questionnaire: Questionnaire) -> SavedResult: ...
@drops_inner_frames
def load_result(
    source: Source | None = None, questionnaire: Questionnaire | None = None, *, text: str | bytes | None = None
) -> SavedResult:
    """Load a result that was saved as JSON: a path, a mapping such as `Assessment.to_dict()`, or a stream; or `text`.

    If the questionnaire is unchanged, the answers are read as strictly as by `load_answers`. Otherwise, invalid
    answers are dropped and missing ones count as skipped; the result lists both. To assess it again, pass its `sheet`
    to `assess`. Raises `IopFitError` with all problems, each with its line or key.

    >>> saved = iop_fit.load_result(result.to_dict(), questionnaire)
    >>> saved.assessed_on, saved.changed, saved.dropped
    (datetime.date(2026, 1, 2), False, ())
    """
    content, name = content_of(source, text)
    if questionnaire is None:
        raise TypeError("pass the questionnaire to read the result with: questionnaire=...")
    if isinstance(content, Mapping):
        node = read_mapping(content, keys_of(questionnaire))
        return result_reader.load_result(json.dumps(content), name, questionnaire, node=node)
    return result_reader.load_result(content, name, questionnaire)


@drops_inner_frames
def compare(before: SavedResult, after: SavedResult) -> Difference:
    """Return what changed between two saved results that were read with the same questionnaire.

    Both are scored with that questionnaire. Private answers are left out unless both results contain them.

    >>> iop_fit.compare(saved, saved).changed
    ()
    """
    return difference_of(before, after)
