"""Read texts that have two wordings."""

from iop_fit.domain.wording import Wording
from iop_fit.loading.fields import second_wording
from iop_fit.loading.records import Problems, Record
from iop_fit.problem_codes import Code
from iop_fit.text import plural, quote

__all__ = ["wording", "wordings"]


def wording(record: Record, key: str) -> str:
    """Return a text in both wordings, or in the only one it has."""
    second = second_wording(key)
    first = record.text(key)
    return Wording(first, record.text(second)) if second in record.values else first


def wordings(record: Record, key: str, problems: Problems) -> tuple[str, ...]:
    """Return a list of texts in both wordings; report lists of different lengths."""
    second = second_wording(key)
    first, about_someone = record.texts(key), record.texts(second)
    if second not in record.values or key not in record.values:
        return first
    if len(first) != len(about_someone):
        message = f"{quote(key)} has {plural(len(first), 'text')}, but {quote(second)} has {len(about_someone)}."
        hint = "Write the same texts in the same order in both lists, with the other wording in the second."
        problems.note(Code.UNEQUAL_WORDINGS, record.place_of(second), message, hint)
        return first
    return tuple(map(Wording, first, about_someone))
