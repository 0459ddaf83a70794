"""Letters as a person sees them: the characters of each, and its width in columns."""

from collections.abc import Iterator
from unicodedata import category

__all__ = ["columns_of", "graphemes", "is_certain"]

JOINER = "\N{ZERO WIDTH JOINER}"
AS_PICTURE = "\N{VARIATION SELECTOR-16}"
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)
TAGS = range(0xE0020, 0xE0080)
VOWELS_AND_FINALS = range(0x1160, 0x1200)
"""Korean letters that are written into the syllable before."""


def graphemes(text: str) -> list[str]:
    """Split a text into letters: a character with the marks, joined pictures or second half of a flag that follow."""
    return list(text) if text.isascii() else list(_graphemes(text))


def _graphemes(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text)):
        if not _continues(text[start:place], text[place]):
            yield text[start:place]
            start = place
    yield from [text[start:]] if text else []


def _continues(letter: str, following: str) -> bool:
    """Whether a character belongs to the letter before it."""
    if following.isascii():
        return False
    code = ord(following)
    if code in FLAG_LETTERS:
        return len(letter) == 1 and ord(letter) in FLAG_LETTERS
    return (
        letter.endswith(JOINER)
        or following in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
        or any(code in each for each in (SKIN_TONES, TAGS, VOWELS_AND_FINALS))
        or category(following) in ("Mn", "Me", "Mc")
    )


def columns_of(letter: str) -> int:
    """Return the columns to leave for a letter: the most that any terminal takes, since they differ."""
    from rich.cells import cell_len

    if letter.isascii():
        return 1
    return max(sum(map(cell_len, letter)), 2 if AS_PICTURE in letter or ord(letter[0]) in FLAG_LETTERS else 0)


def is_certain(letter: str) -> bool:
    """Whether all terminals take the same columns for a letter; they differ for marks, symbols and pictures."""
    return letter.isascii() or (len(letter) == 1 and letter.isalpha())
