"""Check the ids of questions of older editions: none may be the id of a question, or both replaced and removed."""

from collections.abc import Iterable

from iop_fit.files.parsing.nodes import ScalarNode
from iop_fit.loading.records import ID, ID_HINT, Problems, Record
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["check_former_ids"]


def check_former_ids(head: Record, sections: Iterable[Record], problems: Problems) -> None:
    """Report each wrong id under `formerly` of a question or `removed` of the head."""
    questions = [record for section in sections for record in section.records("questions")]
    asked = {record.id for record in questions}
    removed = {*head.texts("removed")}
    for record in questions:
        for former in record.scalars("formerly"):
            _check(former, asked, problems)
            if former.text in removed:
                message = f"{quote(former.text)} is also listed under `removed`."
                problems.note(Code.FORMER_ID, former.place, message, "Keep one of the two.")
    for former in head.scalars("removed"):
        _check(former, asked, problems)


def _check(former: ScalarNode, asked: set[str], problems: Problems) -> None:
    if not ID.fullmatch(former.text):
        problems.note(Code.WRONG_SHAPE, former.place, f"{quote(former.text)} is not a valid question id.", ID_HINT)
    elif former.text in asked:
        message = f"{quote(former.text)} is still a question, so it can't be the id of an older one."
        problems.note(Code.FORMER_ID, former.place, message, "Remove it here, or give that question another id.")
