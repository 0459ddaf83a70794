"""The characters that the fonts inside Typst can draw, and words for all others."""

import re
from functools import cache

__all__ = ["ACCENTED", "COVERED", "covered", "replaced", "without_joiners"]

COVERED = """
9-A 20-7E A0-2FF 370-377 37A-37F 384-38A 38C 38E-3A1 3A3-482 48A-4FF 510-513 51A-51D 531-556 559-58A 58D-58F 5BE 5C0
5C3 5C6 5D0-5EA 5EF-5F4 606-60C 61B 61F 621-63A 640-64A 660-66D 674 679-67B 67E-680 683-684 686-687 691 698 6A4 6A9
6AF 6BE 6CC 6F0-6F9 904-939 93D 950 958-961 964-97F E3F E81-E82 E84 E87-E88 E8A E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7
EAA-EAB EAD-EB0 EB2 10D0-10FF 13A0-13F5 13F8-13FD 1D00-1D44 1D46-1DB3 1DB5-1DBF 1E00-1F15 1F18-1F1D 1F20-1F45
1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE
2000-200C 200E-2027 202F-2040 2042 2044-2052 2054-205E 2060 2070-2071 2074-208E 2090-209C 20A0-20A4 20A6-20C0
2100-211E 2120 2122 2124 2126-2151 2153-2184 2189 2190-23FF 2422-2423 2460-2606 2609-262F 2638-268B 2690-269C
26A0-26A7 26AA-26AF 26B2 2701-2704 2706-2709 270C-2714 2717-2726 272A-274B 274D 274F-2752 2756 2758-275E 2761-277F
2794 2798-27AF 27B1-2B73 2B76-2B95 2B97-2BFF 2C60-2CEE 2CF2-2CF3 2CF9-2CFF 2E02-2E05 2E08-2E0A 2E17-2E18 2E1F
2E22-2E25 2E2E 3012 3016-3017 301A-301B 3030 3036 306E A46A-A46B A640-A641 A648-A649 A656-A657 A708-A716 A71B-A727
A72D A730 A735 A765 A789-A78E A790-A791 A793 A7AA A7F8-A7F9 AB52 AB66 AB70-ABBF FB00-FB06 FB13-FB17 FB1D FB1F-FB36
FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F FB52-FB81 FB8A-FB95 FB9E-FB9F FBAA-FBAD FBE8-FBE9 FBFC-FBFF FE66
FE70-FE74 FE76-FEFC FFFD 10140-1018E 102E1-102FB 1D106-1D107 1D400-1D454 1D456-1D49C 1D49E-1D49F 1D4A2 1D4A5-1D4A6
1D4A9-1D4AC 1D4AE-1D4B9 1D4BB 1D4BD-1D4C3 1D4C5-1D505 1D507-1D50A 1D50D-1D514 1D516-1D51C 1D51E-1D539 1D53B-1D53E
1D540-1D544 1D546 1D54A-1D550 1D552-1D6A5 1D6A8-1D7CB 1D7CE-1D7FF 1EE00-1EE03 1EE05-1EE1F 1EE21-1EE22 1EE24 1EE27
1EE29-1EE32 1EE34-1EE37 1EE39 1EE3B 1EE42 1EE47 1EE49 1EE4B 1EE4D-1EE4F 1EE51-1EE52 1EE54 1EE57 1EE59 1EE5B 1EE5D
1EE5F 1EE61-1EE62 1EE64 1EE67-1EE6A 1EE6C-1EE72 1EE74-1EE77 1EE79-1EE7C 1EE7E 1EE80-1EE89 1EE8B-1EE9B 1EEA1-1EEA3
1EEA5-1EEA9 1EEAB-1EEBB 1EEF0-1EEF1 1F12F 1F6D1 1F780-1F7D8 1F7E0-1F7EB 1F800-1F80B 1F810-1F847 1F850-1F859
1F860-1F887 1F890-1F8AD 1F8B0-1F8B1
"""
"""Hexadecimal ranges of what compiles as PDF/UA-1 and is seen, beside anything else, upright, bold, italic or both.

Taken from the fonts of Typst 0.15.2 and tried in it. Left out though they compile: the joiner, beside which Typst drops
what it can't draw and says nothing; marks (see `ACCENTED`); what turns the direction of text; private use.
"""

ACCENTED = (
    (  # Latin, Greek, Cyrillic, Hebrew
        """
        41-5A 61-7A C0-D6 D8-F6 F8-17F 1DD 1E2-1E3 1FC-1FD 218-21B 226 228-229 22E 237 249 250 254 263 266 268
        26F 279 27B 281 295 29C 374 386 388-38A 38C 38E-3A1 3A3-3CE 3D0-3D1 3D5 3F0 401 403-40C 40F-44F 451 453
        455-458 45C 45E 4D4-4D5 5D0-5EA 5F0-5F2 1E00-1E9B 1E9E 1EA0-1EF9 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D
        1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB
        1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2090-2094 2184 2C60-2C6C 2C74-2C77 A78B-A78C FB2A-FB36 FB38-FB3C FB3E
        FB40-FB41 FB43-FB44 FB46-FB4E
        """,
        "300-331 338 342-343 5B0-5BD 5BF 5C1-5C2",
    ),
    (  # Arabic
        "621-63A 640-64A 674 679-67B 67E-680 683-684 686-687 691 698 6A4 6A9 6AF 6BE 6CC",
        "615 64B-655 65A",
    ),
    ("904-939 93D 950 958-961 972-97F", "900-903 93A-93C 93E-94F 951-957 962-963"),  # Devanagari
    (  # Lao
        "E81-E82 E84 E87-E88 E8A E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7 EAA-EAB EAD-EB0 EB2",
        "EB1 EB3-EB9 EBB-EBC EC8-ECD",
    ),
    (  # symbols, with what chooses their picture
        """
        23 2A 30-39 A9 AE 203C 2049 2122 2139 2194-21AA 2300-23FF 24C2 25AA-2606 2609-262F 2638-268B 2690-269C
        26A0-26A7 26AA-26AF 26B2 2701-2704 2706-2709 270C-2714 2717-2726 272A-274B 274D 274F-2752 2756 2758-275E
        2761-277F 2794 2798-27AF 27B1-27BF 2934-2935 2B05-2B55 3030
        """,
        "FE0E-FE0F",
    ),
)
"""What may carry which marks: a pair must be in one font, or half of it is lost."""

UNSEEN = "\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""The joiner, selectors and tags: they say only how their neighbours are drawn."""

CLUSTER = f"(?s:[\U0001f1e6-\U0001f1ff]{{2}}|.[{UNSEEN}\u20e3\U0001f3fb-\U0001f3ff]*)"
"""Two letters of a flag, or a character with what is unseen, its keycap and its skin tone."""

FLAG_A = 0x1F1E6

MAX_NAME = 60
"""The longest name that is told, in letters; those of faces have up to 54."""


def covered(text: str) -> bool:
    """Tell whether every character can be drawn where it stands: a mark needs its letter before it."""
    return all(map(_drawn, set(text))) or replaced(text) == text


def replaced(text: str) -> str:
    """Put the name of each character that can't be drawn in its place: `[grinning face]`.

    Without a name, or with a very long one, its number stands there: `[U+E000]`. A flag is named by its two letters;
    joiners, and selectors, keycaps and skin tones that can't be drawn, go; such white space becomes a space. All else
    stays: nothing is normalised, as a letter with its accent apart is drawn too.
    """
    if all(map(_drawn, set(text))):
        return text
    shown = ""
    for cluster in re.findall(CLUSTER, text):
        shown += _shown(cluster, before=shown[-1:])
    return shown


def without_joiners(text: str) -> str:
    """Leave out what says only how its neighbours are drawn."""
    return re.sub(f"[{UNSEEN}]", "", text)


@cache
def _shown(cluster: str, before: str) -> str:
    first = cluster[0]
    if _drawn(first) or _carried(first, before):
        return first + "".join(each for each in cluster[1:] if _carried(each, first))
    if re.match(f"[{UNSEEN}]", first):
        return ""
    return " " if first.isspace() else f"[{_name(cluster)}]"


def _name(cluster: str) -> str:
    from unicodedata import name

    letters = [ord(each) - FLAG_A for each in cluster]
    if len(letters) == 2 and all(0 <= each < 26 for each in letters):
        return "flag " + "".join(chr(ord("A") + each) for each in letters)
    named = name(cluster[0], "").lower()
    return named if 0 < len(named) <= MAX_NAME else f"U+{ord(cluster[0]):04X}"


@cache
def _drawn(character: str) -> bool:
    return _within(COVERED, character)


def _carried(mark: str, before: str) -> bool:
    """Tell whether a mark follows a letter that can carry it, or another mark on such a letter."""
    return before != "" and any(
        _within(marks, mark) and (_within(letters, before) or _within(marks, before)) for letters, marks in ACCENTED
    )


def _within(ranges: str, character: str) -> bool:
    return any(ord(character) in span for span in _spans(ranges))


@cache
def _spans(ranges: str) -> tuple[range, ...]:
    """Read hexadecimal ranges such as `41-5A AA`."""
    ends = (each.split("-") for each in ranges.split())
    return tuple(range(int(end[0], 16), int(end[-1], 16) + 1) for end in ends)
