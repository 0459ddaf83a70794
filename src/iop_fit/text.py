"""Text helpers: counts, lists, dates, quoting, escaping and suggestions."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from iop_fit.limits import MAX_COMPARED_LENGTH, MAX_COMPARED_WORDS, MAX_QUOTED

__all__ = [
    "capitalize",
    "closest",
    "count_in_words",
    "did_you_mean",
    "escape_controls",
    "first_letter",
    "format_date",
    "hides_fields",
    "indefinite",
    "join",
    "join_some",
    "json_text",
    "leading_name",
    "named_by_id",
    "narrow",
    "plural",
    "quote",
    "quote_leading_name",
    "sanitize",
    "wrap",
]

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
NAME = re.compile(r"[\w-]*")

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
HARMLESS = f"{JOINERS}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""Not printable, but only affect how the adjacent letters look."""


def indefinite(noun: str) -> str:
    """Return a noun with its indefinite article: `a rule`, `an alert`."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 question`, `3 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def count_in_words(number: int) -> str:
    """Return a count up to ten as a word, and a larger one in digits."""
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number - 1] if 1 <= number <= len(words) else str(number)


def join(things: Iterable[str], last: str = "and") -> str:
    """Join items as in a sentence: `a, b and c`."""
    *first, final = [*things] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def join_some(things: Sequence[str], most: int = 12) -> str:
    """Join the first items and count the rest: `a, b and 30 more`."""
    more = len(things) - most
    return join([*things[:most], f"{more} more"] if more > 0 else things)


def narrow(text: str) -> str:
    """Return a text with full-width letters, digits, signs and spaces, as keyboards for Chinese type, as usual ones."""
    return text.translate(NARROW)


NARROW = {0x3000: ord(" "), **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}}


def capitalize(text: str) -> str:
    """Return a text with a capital first letter; the rest stays as it is."""
    at = first_letter(text)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def first_letter(text: str) -> int:
    """Return the index of the first letter that is shown: a mark of the language may come before it."""
    return 1 if text.startswith("\u2068") else 0


def sanitize(text: str) -> str:
    """Make user text safe to show: one line, no control characters, no bidirectional marks."""
    from unicodedata import category

    kept = (
        letter if letter.isspace() or letter in JOINERS or category(letter) not in INVISIBLE else "" for letter in text
    )
    return " ".join("".join(kept).split())


def quote(word: str) -> str:
    """Quote a word from user input, escaped and shortened to `MAX_QUOTED` characters."""
    return f'"{_shorten(word)}"'


def leading_name(word: str) -> str:
    """Return the part of a word that may be a name; the rest may be an answer."""
    match = NAME.match(word)
    return match.group() if match else ""


def quote_leading_name(word: str) -> str:
    """Quote only the part of a word that may be a name; the rest may be an answer."""
    name = leading_name(word)
    return quote(word) if name == word else f'"{_shorten(name).removesuffix("…")}…"'


def _shorten(word: str) -> str:
    safe = escape_controls(word)
    return f"{safe[:MAX_QUOTED]}…" if len(safe) > MAX_QUOTED else safe


def escape_controls(text: str) -> str:
    """Replace each control character with one visible character, so that columns stay the same."""
    return "".join(
        letter if letter.isprintable() or letter in HARMLESS else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def format_date(day: date) -> str:
    """Return an unambiguous date: `November 23, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def closest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that is most similar to a misspelled one, or None.

    Compares words up to `MAX_COMPARED_LENGTH` characters with the first `MAX_COMPARED_WORDS` known ones.
    """
    from difflib import get_close_matches

    if len(word) > MAX_COMPARED_LENGTH:
        return None
    candidates = [each for each in known[:MAX_COMPARED_WORDS] if len(each) <= MAX_COMPARED_LENGTH]
    return next(iter(get_close_matches(word, candidates, n=1, cutoff=0.7)), None)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return a hint with the closest known word, or else with up to 12 known words; empty if none are known."""
    near = closest(word, known)
    if near:
        return f"Did you mean {quote(near)}?"
    if not known:
        return ""
    more = len(known) - 12
    return f"Known here: {', '.join(map(_shorten, known[:12]))}{f' and {more} more' if more > 0 else ''}."


def wrap(text: str, width: int, mark: str = "") -> list[str]:
    """Wrap text into lines of at most `width` columns; a mark starts the first line and indents the others."""
    cell_len, chop_cells = (len, _chop) if text.isascii() else _cells()
    available = max(10, width - len(mark))
    lines: list[str] = []
    for word in text.split():
        for piece in chop_cells(word, available) or [word]:  # a word of combining marks has no width
            if lines and cell_len(f"{lines[-1]} {piece}") <= available:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return [f"{' ' * len(mark) if number else mark}{line}".rstrip() for number, line in enumerate(lines or [""])]


def _chop(word: str, width: int) -> list[str]:
    return [word[start : start + width] for start in range(0, len(word), width)]


def _cells() -> tuple[Callable[[str], int], Callable[[str, int], list[str]]]:
    """Return Rich's functions for text with wide letters; ASCII doesn't need their import."""
    from rich.cells import cell_len, chop_cells

    return cell_len, chop_cells


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Characters that control a terminal, are invisible or misleading, or are invalid in YAML; JSON can escape them."""


def json_text(value: object, indent: int = 2) -> str:
    """Return a value as JSON with non-ASCII letters as they are and unsafe characters escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


Kind = TypeVar("Kind")


def hides_fields(kind: type[Kind]) -> type[Kind]:
    """Give a class a short `repr` without its fields, which can hold answers: logs and tracebacks show it."""
    kind.__repr__ = _without_fields  # type: ignore[method-assign]
    return kind


def _without_fields(thing: object) -> str:
    return f"{type(thing).__name__}(...)"


def named_by_id(kind: type[Kind]) -> type[Kind]:
    """Give a class a short `repr` with the id alone, such as `Rule('wait-and-nobody')`."""
    kind.__repr__ = _with_id  # type: ignore[assignment]
    return kind


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def _with_id(thing: _Identified) -> str:
    return f"{type(thing).__name__}({thing.id!r})"
