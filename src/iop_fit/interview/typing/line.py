"""A line that is being typed, and what each key changes in it."""

from collections.abc import Callable
from typing import NamedTuple

from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.graphemes import graphemes
from iop_fit.limits import MAX_LINE

__all__ = ["TypedLine"]


class TypedLine(NamedTuple):
    """The text before and after the cursor, which is always between two letters; at most `MAX_LINE` characters."""

    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return self.before + self.after

    @property
    def at_end(self) -> "TypedLine":
        """The line with the cursor at its end."""
        return TypedLine(self.text)

    def with_text(self, text: str) -> "TypedLine":
        """Return the line with as much of a text as fits put in before the cursor."""
        return _line(self.before + text[: MAX_LINE - len(self.text)], self.after)

    def with_key(self, key: Key) -> "TypedLine":
        """Return the line after a key; a key that doesn't edit changes nothing."""
        before, after = self
        if key in LEFTWARD:
            place = len(before) - LEFTWARD[key](before)
            return _line(before[:place], after if key in DELETING else before[place:] + after)
        if key in RIGHTWARD:
            place = RIGHTWARD[key](after)
            return _line(before if key in DELETING else before + after[:place], after[place:])
        return self


def _line(before: str, after: str) -> TypedLine:
    """Return a line, with the cursor moved on if it is within a letter."""
    last = (graphemes(before) or [""])[-1]
    more = len(graphemes(last + after)[0]) - len(last) if last and after else 0
    return TypedLine(before + after[:more], after[more:])


def _last_letter(text: str) -> int:
    return len(graphemes(text)[-1]) if text else 0


def _first_letter(text: str) -> int:
    return len(graphemes(text)[0]) if text else 0


def _last_word(text: str) -> int:
    """Return the length of the last word and what is after it."""
    words = text.split()
    return len(text) - text.rindex(words[-1]) if words else len(text)


def _first_word(text: str) -> int:
    """Return the length of the first word and what is before it."""
    words = text.split(maxsplit=1)
    return text.index(words[0]) + len(words[0]) if words else len(text)


LEFTWARD: dict[Key, Callable[[str], int]] = {
    Key.LEFT: _last_letter,
    Key.BACKSPACE: _last_letter,
    Key.WORD_LEFT: _last_word,
    Key.DELETE_WORD: _last_word,
    Key.HOME: len,
    Key.DELETE_TO_START: len,
}
"""How many characters before the cursor each key passes or deletes."""
RIGHTWARD: dict[Key, Callable[[str], int]] = {
    Key.RIGHT: _first_letter,
    Key.DELETE: _first_letter,
    Key.END_OF_INPUT: _first_letter,
    Key.WORD_RIGHT: _first_word,
    Key.END: len,
    Key.DELETE_TO_END: len,
}
"""How many characters after the cursor each key passes or deletes."""
DELETING = {
    Key.BACKSPACE,
    Key.DELETE_WORD,
    Key.DELETE_TO_START,
    Key.DELETE,
    Key.END_OF_INPUT,
    Key.DELETE_TO_END,
}
