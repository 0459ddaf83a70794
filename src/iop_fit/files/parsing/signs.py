"""Invisible and look-alike signs: which one breaks a file, and where."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import category, digit, name, normalize

from iop_fit.errors import Place, Problem
from iop_fit.problem_codes import Code

__all__ = ["Sign", "describe_sign", "is_sign", "name_signs", "sign_in_lines", "sign_problem"]

QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a\uff02\uff07"
COLONS = "\uff1a\ufe55\ufe30\u2236\ua789"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
LOOK_ALIKES = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u0475"  # Cyrillic
    "\u03b1\u03bf\u03c1\u03bd\u03b9\u03c5\u03c4\u03ba"  # Greek
)
"""Letters of other alphabets that look like small Latin ones."""

ITEM = r"^[ \t]*(?:-[ \t]+)?"
KEY = r"""(?:"[^"]*"|'[^']*'|[\w-]+(?: [\w-]+)*)"""
SUSPECTS = (  # not compiled: that would take time on each start
    r"^ *(?P<sign>[^\S ])",  # in the indentation
    rf"^ *(?P<sign>[{DASHES}\u2022])\s",  # instead of the hyphen of a list
    rf"{ITEM}(?P<sign>[{QUOTES}])",
    rf"{ITEM}{KEY}[^\S\n]*(?P<sign>[{COLONS}])",
    rf"{ITEM}{KEY}:[ \t]*(?P<sign>[^\S \t]|[{QUOTES}])",
    rf"(?:[\[{{,:]|- ) *(?P<sign>[{QUOTES}])",
    rf"\"[^\"]*(?P<sign>[{QUOTES}])\s*$",  # instead of the closing quote
    r"(?P<sign>[\uff0c\uff3b\uff3d\uff5b\uff5d])",  # brackets and commas
)
"""Where a sign breaks the syntax of a line of YAML; the text in between may hold any."""

NAMES = {
    *(Code.UNKNOWN_QUESTION, Code.UNKNOWN_OPTION, Code.UNKNOWN_REASON, Code.UNKNOWN_KEY, Code.UNKNOWN_REFERENCE),
    *(Code.NOT_A_NUMBER, Code.NOT_AN_OPTION, Code.ONE_ANSWER, Code.WRONG_SHAPE, Code.WRONG_TEST, Code.WRONG_NUMBER),
    *(Code.OTHER_QUESTIONNAIRE, Code.NOT_A_CONDITION, Code.NOT_A_MAPPING, Code.LISTED_FILE_MISSING),
}
"""Problems with a name, a number or a shape, in which a sign may be what is wrong."""

TOKEN = re.compile(r""""[^"\n]*"|'[^'\n]*'|[^,:\[\]{}#\n]*""")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Sign(NamedTuple):
    """A sign, and the line and column where it is, counted from 1."""

    sign: str
    line: int
    column: int


def is_sign(letter: str) -> bool:
    """Whether a letter is invisible, or looks like a sign of YAML or JSON or like a digit."""
    if letter.isascii():
        return letter == "\t" or not letter.isprintable()
    kind = category(letter)
    full_width = "\uff01" <= letter <= "\uff5e"
    return kind in {"Cc", "Cf", "Zs", "Zl", "Zp", "Nd"} or letter in QUOTES + COLONS + DASHES or full_width


def describe_sign(sign: str) -> str:
    """Return the code and the name of a sign: `U+00A0 (no-break space)`."""
    unnamed = "control character" if category(sign) == "Cc" else "no character"
    known = "tab" if sign == "\t" else name(sign, unnamed).lower()
    return f"U+{ord(sign):04X} ({known})"


def instead_of(sign: str) -> str:
    """Return what to write instead of a sign, as a sentence."""
    if sign == "\t":
        return "Indent with spaces only."
    if category(sign) in {"Zs", "Zl", "Zp"}:
        return "Replace it with a plain space."
    if category(sign) in {"Cf", "Cc"}:
        return "Delete it; it is invisible."
    if sign in QUOTES:
        return "Replace it with a straight quote, or leave it out."
    return f"Replace it with `{_plain(sign)}`."


def _plain(sign: str) -> str:
    """Return the sign of ASCII that a sign looks like."""
    if sign in COLONS:
        return ":"
    if sign in DASHES or sign == "\u2022":
        return "-"
    return str(digit(sign)) if category(sign) == "Nd" else normalize("NFKC", sign)


def sign_problem(code: Code, file: str, sign: str, line: int, column: int) -> Problem:
    """Return the problem of a sign that breaks the syntax of a file."""
    return Problem(code, f"{describe_sign(sign)} can't be used here.", Place(file, line, column), instead_of(sign))


def sign_in_lines(text: str, first: int, last: int) -> Sign | None:
    """Return the first sign that breaks the YAML of some lines, counted from 1; None if there is none."""
    lines = LINE_END.split(text)
    for number in range(max(first, 1), min(last, len(lines)) + 1):
        found = _suspect(lines[number - 1])
        if found is not None:
            return Sign(lines[number - 1][found], number, found + 1)
    return None


def _suspect(line: str) -> int | None:
    """Return the index of the first sign that breaks the syntax of a line."""
    if line.isascii() and "\t" not in line:
        return None
    return min((found.start("sign") for pattern in SUSPECTS if (found := re.search(pattern, line))), default=None)


def name_signs(problems: Iterable[Problem], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return problems with the signs named that may be their cause; `texts` are the files by name."""
    lines = {file: _lines(text) for file, text in texts.items() if not text.isascii()}
    return tuple(_named(each, lines) for each in problems)


def _lines(text: str) -> list[str]:
    """Return the lines of a text as its reader counts them: JSON has fewer kinds of line ends."""
    return text.split("\n") if text.lstrip().startswith(("{", "[")) else LINE_END.split(text)


def _named(problem: Problem, lines: Mapping[str, list[str]]) -> Problem:
    place = problem.place
    if problem.code not in NAMES or place is None or not 0 < place.line <= len(lines.get(place.file, ())):
        return problem
    line = lines[place.file][place.line - 1]
    at = _in_token(line, place)
    at = _suspect(line) if at is None else at
    if at is None:
        return problem
    named = f"It has {describe_sign(line[at])} in column {at + 1}."
    return problem._replace(hint=f"{named} {problem.hint}".rstrip())


def _in_token(line: str, place: Place) -> int | None:
    """Return the index of the first sign in the one word at a place; None if there are more words, or no sign."""
    found = TOKEN.match(line, place.column - 1)
    assert found
    word = found.group().rstrip("\r ")
    plain = "".join(letter for letter in word if not is_sign(letter)).strip("\"' ")
    if not re.fullmatch(r"[\w.-]*", plain):
        return None
    latin = re.search("[a-z]", plain) is not None
    signs = (at for at, each in enumerate(word) if is_sign(each) or (latin and each in LOOK_ALIKES))
    return next((found.start() + at for at in signs), None)
