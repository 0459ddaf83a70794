"""Read and check the keys that only some kinds of questions take, and the rows that practical answers touch."""

from typing import Any

from iop_fit.domain.answers import plain_number
from iop_fit.domain.care_option import CareRow
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.question import Question
from iop_fit.loading.fields.questions import PAPER
from iop_fit.loading.questions.listed import Listed
from iop_fit.loading.records import Problems, Record
from iop_fit.problem_codes import Code
from iop_fit.text import indefinite, join, quote

__all__ = ["band_start", "check_kind_keys", "check_paper_only", "check_rows", "kind_fields", "touched_rows"]


def kind_fields(record: Record, kind: type[Question]) -> dict[str, Any]:
    """Return the values of the keys of a kind, by the names of its fields."""
    return {key.replace(" ", "_"): record.values[key] for key in kind.own_keys if key in record.values}


def band_start(option: Record, kind: type[Question], problems: Problems) -> float | None:
    """Return the lowest number of a band; report one that is missing, or that the kind does not take."""
    if kind.options_are_bands == ("from" in option.nodes):
        return option.number("from")
    if kind.options_are_bands:
        message, hint = "This band has no lowest number.", "Add `from:`, like `{label: 3 or 4, from: 3}`."
        problems.note(Code.BAND_WITHOUT_START, option.place, message, hint)
    else:
        message = f'An option of {indefinite(kind.kind)} question can\'t have "from".'
        hint = "Remove it, or write `kind: number` if the person gives a number."
        problems.note(Code.KEY_OF_ANOTHER_KIND, option.place_of("from"), message, hint)
    return None


def check_kind_keys(question: Question, record: Record, listed: Listed, problems: Problems) -> None:
    """Report keys of another kind, and problems of `at most` and of bands."""
    _check_other_kinds(question, record, problems)
    if "at most" in record.values and "at most" in question.own_keys:
        if record.whole("at most") < 1:
            message = "`at most` must be 1 or more."
            problems.note(Code.WRONG_SHAPE, record.place_of("at most"), message, "Write how many can be chosen.")
        if question.need:
            message = "A question about need can't limit how many options are chosen: that could hide a need."
            hint = "Remove `at most`, or mark the question `need: no`."
            problems.note(Code.AT_MOST_ON_NEED, record.place_of("at most"), message, hint)
    if question.options_are_bands:
        _check_bands(record, listed, problems)


def check_paper_only(record: Record, listed: Listed, problems: Problems) -> None:
    """Report keys with which an answer that is only printed would do more."""
    _note_keys(record, [key for key in ("changeable", "goal") if key in record.nodes], problems)
    _note_keys(record, ["need"] if record.flag("need") else [], problems)
    for _, option in listed.entries:
        _note_keys(option, [key for key in ("eases", "touches") if key in option.nodes], listed.problems)


def _note_keys(record: Record, keys: list[str], problems: Problems) -> None:
    for key in keys:
        message = f"The answer is only printed (`use: {PAPER}`), so {quote(key)} can't apply to it."
        problems.note(Code.PAPER_ONLY, record.place_of(key), message, f"Remove it, or remove `use: {PAPER}`.")


def _check_other_kinds(question: Question, record: Record, problems: Problems) -> None:
    for key in dict.fromkeys(key for kind in KINDS.values() for key in kind.own_keys):
        if key in record.nodes and key not in question.own_keys:
            takers = [f"`kind: {name}`" for name, kind in KINDS.items() if key in kind.own_keys]
            message = f"{indefinite(question.kind).capitalize()} question can't have {quote(key)}."
            hint = f"Remove it, or write {join(takers, last='or')}."
            problems.note(Code.KEY_OF_ANOTHER_KIND, record.place_of(key), message, hint)


def _check_bands(record: Record, listed: Listed, problems: Problems) -> None:
    """Report two bands with one lowest number, and a largest number that is missing or not above all of them."""
    first: dict[float, str] = {}
    for key, option in listed.entries:
        start = option.number("from")
        if start is None:
            continue
        if start in first:
            message = f"The bands {quote(first[start])} and {quote(key.text)} both start at {plain_number(start)}."
            hint = "Give each band its own lowest number."
            listed.problems.note(Code.BAND_TWICE, option.place_of("from"), message, hint)
        first.setdefault(start, key.text)
    if "up to" not in record.nodes:
        message, hint = 'A number question must have "up to".', "Add `up to:` with the largest number to accept."
        problems.note(Code.LARGEST_NUMBER, record.place, message, hint)
    largest = record.number("up to")
    if largest is not None and first and largest <= max(first):
        message = f'"up to" must be above {plain_number(max(first))}, where the last band starts.'
        problems.note(Code.LARGEST_NUMBER, record.place_of("up to"), message, "Write the largest number to accept.")


def touched_rows(option: Record, problems: Problems, *, need: bool) -> tuple[str, ...]:
    """Return the rows that an answer touches; report any on a question about need."""
    if need and "touches" in option.nodes:
        message = "Only options of practical questions can use `touches`."
        hint = "Remove `touches`, or mark the question `need: no`."
        problems.note(Code.NEED_EASES, option.place_of("touches"), message, hint)
    return option.texts("touches")


def check_rows(option: Record, problems: Problems) -> None:
    """Report rows that the options of care don't have."""
    known = [row.value for row in CareRow]
    for name in option.scalars("touches"):
        if name.text not in known:
            problems.unknown(name, known, "row")
