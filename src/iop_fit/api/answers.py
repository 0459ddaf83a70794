"""Load answers from what a program has: a path, text, a mapping or a stream."""

from collections.abc import Mapping
from typing import overload

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import drops_inner_frames
from iop_fit.files.parsing.mapping_reader import read_mapping
from iop_fit.files.sources import Source, content_of
from iop_fit.loading.answer_fields import ANSWER_FIELDS
from iop_fit.storage.answer_files import load_sheet

__all__ = ["keys_of", "load_answers"]


@overload
def load_answers(source: Source, questionnaire: Questionnaire) -> AnswerSheet: ...
@overload
def load_answers(*, text: str | bytes, questionnaire: Questionnaire) -> AnswerSheet: ...
@drops_inner_frames
def load_answers(
    source: Source | None = None, questionnaire: Questionnaire | None = None, *, text: str | bytes | None = None
) -> AnswerSheet:
    """Load answers from the path of an answers file, its content as a mapping, or a stream; or from `text`.

    A `str` is always a path. Text is passed by name, so that nothing that someone sends can name a file. Text and
    streams are YAML or JSON; bytes are UTF-8. A mapping is what an answers file holds, such as
    `{"answers": {"mood": "rarely"}}`, and a blank value is no answer yet: `None`, or NaN from a table.
    Raises `IopFitError` with all problems, including missing answers, each with its line or key.

    >>> answers = iop_fit.load_answers("examples/everyday-drinking.yaml", questionnaire)
    >>> with open("examples/everyday-drinking.yaml", "rb") as file:
    ...     iop_fit.load_answers(file, questionnaire) == answers
    True
    >>> try:
    ...     iop_fit.load_answers(text="answers: {mood: fine}", questionnaire=questionnaire)
    ... except iop_fit.IopFitError as error:
    ...     print(error.problems[-1])
    text:1:17: "mood" has no option "fine".
      Write one of these: rarely, some-days, with-help, no-help. To skip it: {skipped: rather-not-say}.
    """
    content, name = content_of(source, text)
    if questionnaire is None:
        raise TypeError("pass the questionnaire that the answers are for: questionnaire=...")
    if isinstance(content, Mapping):
        return load_sheet(read_mapping(content, keys_of(questionnaire)), name, questionnaire).sheet
    return load_sheet(content, name, questionnaire).sheet


def keys_of(questionnaire: Questionnaire) -> frozenset[str]:
    """Return every key that a mapping of answers or of a result may have, so that places can name it."""
    fields = (field.name for fields in ANSWER_FIELDS.values() for field in fields)
    ids = (*questionnaire.questions, *questionnaire.replacements, *questionnaire.removed)
    return frozenset((*fields, *ids, "skipped"))
