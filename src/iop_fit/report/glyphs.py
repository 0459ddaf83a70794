"""The characters that Typst's bundled fonts draw reliably, and names for all others."""

import re
from functools import cache

from iop_fit.limits import MAX_GLYPH_NAME, MAX_MARKS

__all__ = ["COVERED", "MARKED", "drawable", "replaced", "without_joiners"]

COVERED = """
9-A 20-7E A0-2FF 1E00-1EFF
384-38A 38C 38E-3A1 3A3-3FF 400-482 48A-4FF
5BE 5D0-5EA 5F0-5F4 60C 61B 61F 621-63A 640-64A 660-66D 67E 686 698 6A9 6AF 6BE 6CC 6F0-6F9
2000-200A 200C 2010-2027 202F-203E 2044 20A6-20C0 2116 2122 2190-2199 2212 2248 2260 2264-2265 25A0-25A1 25CB 25CF
2605-2606 2610-2612 2640 2642 2713-2714 2717 2764 FFFD
"""
"""Latin, Greek, Cyrillic, Hebrew, Arabic and symbols, visible and valid PDF/UA-1 when upright, bold and italic.

Hexadecimal ranges. Typst's fonts draw more; for other characters, the system fonts are tried too.
"""

MARKED = (
    (  # Latin, Greek, Cyrillic
        """
        21-7E C0-17F 1A0-1A1 1AF-1B0 1CD-1DC 218-21B 386-38A 38C 38E-3A1 3A3-3CE 400-401 403-451 45C-45E
        1E00-1E9B 1EA0-1EF9
        """,
        "300-331 338 340-344 351 357-363",
    ),
    ("5D0-5EA", "5B0-5BD 5BF 5C1-5C2"),  # Hebrew
    ("621-63A 640-64A 67E 686 698 6A9 6AF 6BE 6CC", "64B-655"),  # Arabic
)
"""Letters, and the marks that the same font draws on them: with two fonts, the letter or the mark can be lost."""

JOINERS = "\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""The joiner, variation selectors and tags, which only affect how adjacent characters are drawn."""

NON_JOINER = "\u200c"
ACCENTS = range(0x300, 0x370)
"""Combining marks for any script. Typst's first font has them and silently drops a letter that it lacks."""

ATTACHING = "\u0e33\u0eb3\uff9e\uff9f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""Characters that attach to the one before, though not marks in Unicode: vowels, voicing marks, skin tones."""

CLUSTER = "(?s:[\U0001f1e6-\U0001f1ff]{2}|.[\u20e3\U0001f3fb-\U0001f3ff]*)"
"""A flag (two letters), or a character with its keycap and skin tone."""

FLAG_A = 0x1F1E6


def replaced(text: str) -> str:
    """Return text with each character that Typst's fonts may lack replaced by its name: `[grinning face]`.

    A character without a name, or with a very long one, becomes its code point: `[U+E000]`. A flag becomes its two
    letters. Of those that can't be drawn, keycaps and skin tones are removed, and white space becomes a space. Other
    characters are treated as in `drawable`.
    """
    if all(map(_is_covered, set(text))):
        return text
    shown = ""
    for cluster in re.findall(CLUSTER, drawable(text)):
        shown += _covered_or_named(cluster, before=shown[-1:])
    return shown


def drawable(text: str) -> str:
    """Return text without joiners, and with the marks that Typst draws wrongly with any font replaced by their names.

    These are marks beyond `MAX_MARKS` on a letter, and marks on a letter of another script.
    """
    shown, letter, marks = "", "", 0
    for character in without_joiners(text):
        if _is_mark(character):
            marks += 1
            named = marks > MAX_MARKS or not _fits(character, letter)
            shown += f"[{_name(character)}]" if named else character
            continue
        if character != NON_JOINER:
            letter, marks = character, 0
        shown += character
    return shown


def without_joiners(text: str) -> str:
    """Return text without joiners: Typst silently drops characters next to them."""
    return re.sub(f"[{JOINERS}]", "", text)


def _is_mark(character: str) -> bool:
    from unicodedata import category

    return category(character).startswith("M") or character in ATTACHING


@cache
def _fits(mark: str, letter: str) -> bool:
    """Whether a mark can be drawn on the letter before it; an enclosing mark fits any letter."""
    from unicodedata import category, name

    if category(mark) not in {"Mn", "Mc"} or _is_covered_on(mark, letter):
        return True
    if not letter:
        return False
    if ord(mark) in ACCENTS:
        return _in_ranges(MARKED[0][0], letter)
    scripts = name(mark, "-").removeprefix("COMBINING ").split()[0].split("-")
    return name(letter, "?").split()[0] in scripts


@cache
def _covered_or_named(cluster: str, before: str) -> str:
    first = cluster[0]
    if _is_covered(first) or _is_covered_on(first, before):
        return first
    return " " if first.isspace() else f"[{_name(cluster)}]"


def _name(cluster: str) -> str:
    from unicodedata import name

    letters = [ord(each) - FLAG_A for each in cluster]
    if len(letters) == 2 and all(0 <= each < 26 for each in letters):
        return "flag " + "".join(chr(ord("A") + each) for each in letters)
    named = name(cluster[0], "").lower()
    return named if 0 < len(named) <= MAX_GLYPH_NAME else f"U+{ord(cluster[0]):04X}"


@cache
def _is_covered(character: str) -> bool:
    return _in_ranges(COVERED, character)


def _is_covered_on(mark: str, before: str) -> bool:
    """Whether one font draws a mark on the character before it, a letter or another mark."""
    return before != "" and any(
        _in_ranges(marks, mark) and (_in_ranges(letters, before) or _in_ranges(marks, before))
        for letters, marks in MARKED
    )


def _in_ranges(ranges: str, character: str) -> bool:
    return any(ord(character) in span for span in _parse_ranges(ranges))


@cache
def _parse_ranges(ranges: str) -> tuple[range, ...]:
    """Parse hexadecimal ranges such as `41-5A AA`."""
    ends = (each.split("-") for each in ranges.split())
    return tuple(range(int(end[0], 16), int(end[-1], 16) + 1) for end in ends)
