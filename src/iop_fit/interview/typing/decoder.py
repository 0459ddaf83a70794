"""Decode the bytes of a terminal into keys and text."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from enum import Enum, auto

__all__ = ["DAMAGED", "Decoder", "Key"]

DAMAGED = "\N{REPLACEMENT CHARACTER}"
"""Replaces bytes that aren't valid text."""


class Key(Enum):
    """A key that is not a letter, or another event of a terminal."""

    ENTER = auto()
    END_OF_INPUT = auto()
    """Ctrl-D, which deletes a letter unless the line is empty."""
    BACKSPACE = auto()
    DELETE = auto()
    LEFT = auto()
    RIGHT = auto()
    HOME = auto()
    END = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    DELETE_WORD = auto()
    DELETE_TO_START = auto()
    DELETE_TO_END = auto()
    REDRAW = auto()
    """Ctrl-L, or the end of a pause."""
    RESIZED = auto()
    """The window has another size."""
    TAB = auto()
    """Nothing, except in pasted text."""
    PASTE_START = auto()
    PASTE_END = auto()
    CLOSED = auto()
    """The terminal is closed, or the file has ended."""
    OTHER = auto()
    """A key that does nothing."""


CTRL = {
    "A": Key.HOME,
    "B": Key.LEFT,
    "D": Key.END_OF_INPUT,
    "E": Key.END,
    "F": Key.RIGHT,
    "H": Key.BACKSPACE,
    "I": Key.TAB,
    "J": Key.ENTER,
    "K": Key.DELETE_TO_END,
    "L": Key.REDRAW,
    "M": Key.ENTER,
    "U": Key.DELETE_TO_START,
    "W": Key.DELETE_WORD,
}
"""Letters pressed with Ctrl."""
CONTROLS = {ord(letter) & 0x1F: key for letter, key in CTRL.items()} | {0x7F: Key.BACKSPACE}
ALT = {b"b": Key.WORD_LEFT, b"f": Key.WORD_RIGHT, b"\x7f": Key.DELETE_WORD, b"\b": Key.DELETE_WORD}
FINAL = {b"C": Key.RIGHT, b"D": Key.LEFT, b"F": Key.END, b"H": Key.HOME}
"""Last bytes of CSI and SS3 sequences."""
BY_WORD = {Key.LEFT: Key.WORD_LEFT, Key.RIGHT: Key.WORD_RIGHT}
"""Keys pressed with Ctrl or Alt, whose sequences have a second number."""
NUMBERED = {
    **dict.fromkeys((b"1", b"7"), Key.HOME),
    **dict.fromkeys((b"4", b"8"), Key.END),
    b"3": Key.DELETE,
    b"200": Key.PASTE_START,
    b"201": Key.PASTE_END,
}
"""First numbers of CSI sequences that end in `~`."""

TEXT = re.compile(rb"[^\x00-\x1f\x7f]+")
REPLY = rb"[\]PX^_][^\x07\x1b\r\n]*"
"""A reply that another program asked the terminal for, without its end."""
SEQUENCE = re.compile(
    rb"\x1b+(?:"
    rb"\[M.{3}"  # a click, if another program left the mouse on
    rb"|\[\[."  # a function key of the Linux console
    rb"|\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-Z\\-~])"
    rb"|O(?P<ss3>[ -~])"
    rb"|" + REPLY + rb"(?:\x07|\x1b\\)"
    rb"|(?P<alt>[\b -NQ-WYZ\\`-\x7f]))",
    re.DOTALL,
)
PARTIAL = re.compile(rb"\x1b+(?:\[M.{0,2}|\[\[?|\[[0-?]*[ -/]*|O|" + REPLY + rb"\x1b?)?", re.DOTALL)
"""The start of a sequence of which more may come."""
BROKEN = re.compile(rb"\x1b+(?:\[[0-?]*[ -/]*|[O\]PX^_])?")
"""The start of a sequence that was broken off."""

NOT_TEXT = {**dict.fromkeys(range(0x80, 0xA0), DAMAGED), **dict.fromkeys((0x85, 0x2028, 0x2029), " ")}
"""Control characters of eight bits, and line ends."""


class Decoder:
    """Decodes input in pieces of any size; one decoder sees everything that is typed in a run.

    A sequence is never text, in however many pieces it comes. In pasted text, line ends are spaces, and no key counts.
    """

    def __init__(self, encoding: str) -> None:
        self._letters = getincrementaldecoder(encoding)("replace")
        self._rest = b""
        """The start of a sequence."""
        self.in_paste: bool = False
        """Whether the end of pasted text is still to come."""

    @property
    def is_waiting(self) -> bool:
        """Whether a sequence has only begun."""
        return bool(self._rest)

    @property
    def awaits_escape(self) -> bool:
        """Whether what has begun may be a key of its own: Esc, or a letter pressed with Alt."""
        return bool(self._rest) and self._rest.lstrip(b"\x1b")[:1] not in (b"[", b"O")

    def settle(self) -> list[Key | str]:
        """Take what `awaits_escape` for complete, because nothing followed in time; return what it was."""
        self._rest = b""
        return [Key.OTHER]

    def feed(self, data: bytes) -> list[Key | str]:
        """Return the keys and the text that are complete with these bytes."""
        is_other_key = self._rest and not self._rest.strip(b"\x1b") and data[:1] not in (b"\x1b", b"[", b"O")
        before = self.settle() if is_other_key else []
        return [*before, *(found for each in self._decode(self._rest + data) if (found := self._unless_pasted(each)))]

    def _unless_pasted(self, found: Key | str) -> Key | str:
        """Return a key or text, or what is left of it in pasted text."""
        if found is Key.PASTE_START or found is Key.PASTE_END:
            self.in_paste = found is Key.PASTE_START
        elif self.in_paste and isinstance(found, Key):
            return " " if found in (Key.ENTER, Key.TAB) else ""
        return found

    def _decode(self, data: bytes) -> Iterator[Key | str]:
        self._rest, place = b"", 0
        while place < len(data):
            if letters := TEXT.match(data, place):
                place = letters.end()
                yield self._letters.decode(letters[0]).translate(NOT_TEXT)
            elif PARTIAL.fullmatch(data, place):
                self._rest, place = data[place:], len(data)
            else:
                yield self._letters.decode(b"", final=True)  # half a letter
                sequence = SEQUENCE.match(data, place)
                broken = BROKEN.match(data, place)
                place = sequence.end() if sequence else broken.end() if broken else place + 1
                yield _key(sequence) if sequence else Key.OTHER if broken else CONTROLS.get(data[place - 1], Key.OTHER)


def _key(sequence: re.Match[bytes]) -> Key:
    """Return the key of a whole sequence."""
    parts = sequence.groupdict()
    first, _, modifiers = (parts["parameters"] or b"").partition(b";")
    if parts["alt"]:
        return ALT.get(parts["alt"], Key.OTHER)
    if parts["final"] == b"~":
        return NUMBERED.get(first, Key.OTHER)
    key = FINAL.get(parts["final"] or parts["ss3"] or b"", Key.OTHER)
    return BY_WORD.get(key, key) if modifiers else key
