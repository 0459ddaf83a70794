"""Counts, lists, dates and near misses in words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from iop_fit.limits import MAX_COMPARED_LENGTH, MAX_COMPARED_WORDS, MAX_QUOTED

__all__ = [
    "closest",
    "did_you_mean",
    "escape_controls",
    "format_date",
    "indefinite",
    "join",
    "join_some",
    "json_text",
    "leading_name",
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
"""What is not printed, and changes nothing but how the letters beside it look."""


def indefinite(noun: str) -> str:
    """Put the article before a noun: `a rule`, `an alert`."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def plural(number: int, one: str, many: str = "") -> str:
    """Say how many of something there are: `1 question`, `3 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def join(things: Iterable[str], last: str = "and") -> str:
    """Join things as a sentence does: `a, b and c`."""
    *first, final = [*things] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def join_some(things: Sequence[str], most: int = 12) -> str:
    """Join the first of many things as a sentence does, and count the rest: `a, b and 30 more`."""
    more = len(things) - most
    return join([*things[:most], f"{more} more"] if more > 0 else things)


def sanitize(text: str) -> str:
    """Make a person's own text safe to show: one line, no control characters, no marks that turn its direction."""
    from unicodedata import category

    kept = (
        letter if letter.isspace() or letter in JOINERS or category(letter) not in INVISIBLE else "" for letter in text
    )
    return " ".join("".join(kept).split())


def quote(word: str) -> str:
    """Put a word that a person wrote into quotes: control characters made visible, long ones cut."""
    return f'"{_named(word)}"'


def leading_name(word: str) -> str:
    """Return what a word begins with, as far as it may be a name: behind it may stand another answer."""
    found = NAME.match(word)
    return found.group() if found else ""


def quote_leading_name(word: str) -> str:
    """Quote what stands where the name of an answer belongs, as far as it may be one."""
    name = leading_name(word)
    return quote(word) if name == word else f'"{_named(name).removesuffix("…")}…"'


def _named(word: str) -> str:
    safe = escape_controls(word)
    return f"{safe[:MAX_QUOTED]}…" if len(safe) > MAX_QUOTED else safe


def escape_controls(text: str) -> str:
    """Make control characters visible, letter by letter, so that places in a text stay where they are."""
    return "".join(
        letter if letter.isprintable() or letter in HARMLESS else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def format_date(day: date) -> str:
    """Write a day so that nobody can take the month for the day: `23 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def closest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that this one may be a slip of, or None; very long words and lists are not compared."""
    from difflib import get_close_matches

    if len(word) > MAX_COMPARED_LENGTH:
        return None
    among = [each for each in known[:MAX_COMPARED_WORDS] if len(each) <= MAX_COMPARED_LENGTH]
    return next(iter(get_close_matches(word, among, n=1, cutoff=0.7)), None)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Offer the nearest known word, or else list the known ones (up to twelve)."""
    near = closest(word, known)
    if near:
        return f"Did you mean {quote(near)}?"
    if not known:
        return ""
    more = len(known) - 12
    return f"Known here: {', '.join(map(_named, known[:12]))}{f' and {more} more' if more > 0 else ''}."


def wrap(text: str, width: int, mark: str = "") -> list[str]:
    """Break a text at words into lines of at most `width` columns; behind a mark they stand below each other."""
    from rich.cells import cell_len, chop_cells

    room = max(10, width - len(mark))
    lines: list[str] = []
    for word in text.split():
        for piece in chop_cells(word, room) or [word]:  # a word of marks alone has no width
            if lines and cell_len(f"{lines[-1]} {piece}") <= room:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return [f"{' ' * len(mark) if place else mark}{line}".rstrip() for place, line in enumerate(lines or [""])]


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


OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What a terminal would obey, an eye be misled by or not see, or YAML refuse; JSON can say it in another way."""


def json_text(value: object, indent: int = 2) -> str:
    """Write a value as JSON, letters as they are; what may not be shown stands there as its number."""
    import json

    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], written) + "\n"
