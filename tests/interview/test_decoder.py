"""Bytes of a terminal as keys and text, in pieces of any size."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_fit.interview.typing.decoder import DAMAGED, Decoder, Key

SEQUENCES = {
    b"\x1b[D": Key.LEFT,
    b"\x1bOD": Key.LEFT,
    b"\x1b[C": Key.RIGHT,
    b"\x1b[H": Key.HOME,
    b"\x1bOH": Key.HOME,
    b"\x1b[1~": Key.HOME,
    b"\x1b[7~": Key.HOME,
    b"\x1b[F": Key.END,
    b"\x1b[4~": Key.END,
    b"\x1b[8~": Key.END,
    b"\x1b[3~": Key.DELETE,
    b"\x1b[3;5~": Key.DELETE,
    b"\x1b[1;5D": Key.WORD_LEFT,
    b"\x1b[1;3C": Key.WORD_RIGHT,
    b"\x1b\x1b[D": Key.LEFT,
    b"\x1b[A": Key.OTHER,
    b"\x1b[15~": Key.OTHER,
    b"\x1b[[A": Key.OTHER,
    b"\x1bOP": Key.OTHER,
    b"\x1b[97;5u": Key.OTHER,
    b"\x1b[<0;12;7M": Key.OTHER,
    b"\x1b[M !!": Key.OTHER,
    b"\x1b[I": Key.OTHER,
    b"\x1b[24;80R": Key.OTHER,
    b"\x1b[?62;c": Key.OTHER,
    b"\x1b[ q": Key.OTHER,
    b"\x1b]11;rgb:ff/ff/ff\x07": Key.OTHER,
    b"\x1b]11;rgb:ff/ff/ff\x1b\\": Key.OTHER,
    b"\x1bP>|XTerm(370)\x1b\\": Key.OTHER,
}
CONTROLS = {
    b"\r": Key.ENTER,
    b"\n": Key.ENTER,
    b"\x7f": Key.BACKSPACE,
    b"\b": Key.BACKSPACE,
    b"\x01": Key.HOME,
    b"\x02": Key.LEFT,
    b"\x04": Key.END_OF_INPUT,
    b"\x05": Key.END,
    b"\x06": Key.RIGHT,
    b"\x0b": Key.DELETE_TO_END,
    b"\x0c": Key.REDRAW,
    b"\x15": Key.DELETE_TO_START,
    b"\x17": Key.DELETE_WORD,
    b"\t": Key.TAB,
    b"\0": Key.OTHER,
    b"\x13": Key.OTHER,
}
ALT = {b"\x1bb": Key.WORD_LEFT, b"\x1bf": Key.WORD_RIGHT, b"\x1b\x7f": Key.DELETE_WORD, b"\x1bz": Key.OTHER}
PIECES = st.sampled_from([*SEQUENCES, *CONTROLS, b"\x1b[200~", b"\x1b[201~", b"a", b" 12", "é好🙂".encode()])


def decoded(*pieces: bytes, encoding: str = "utf-8") -> list[Key | str]:
    """Return what some pieces are decoded to, with neighboring texts as one."""
    decoder = Decoder(encoding)
    return joined(key for piece in pieces for key in decoder.feed(piece))


def joined(keys: Iterable[Key | str]) -> list[Key | str]:
    found: list[Key | str] = []
    for key in keys:
        if isinstance(key, str) and found and isinstance(found[-1], str):
            found[-1] += key
        else:
            found.append(key)
    return found


def one_by_one(data: bytes) -> list[bytes]:
    return [data[place : place + 1] for place in range(len(data))]


@pytest.mark.parametrize(("data", "key"), [*SEQUENCES.items(), *CONTROLS.items(), *ALT.items()], ids=repr)
def test_decoder_returns_one_key_for_a_sequence(data: bytes, key: Key) -> None:
    assert decoded(b"a" + data + b"b") == ["a", key, "b"]


@pytest.mark.parametrize("data", [each for each in SEQUENCES if each[1:2] not in (b"]", b"P")], ids=repr)
def test_sequence_in_single_bytes_is_never_text(data: bytes) -> None:
    """All but replies of the terminal, which come at once."""
    assert decoded(*one_by_one(b"a" + data + b"b")) == ["a", SEQUENCES[data], "b"]


@given(st.lists(PIECES), st.data())
def test_decoder_gives_the_same_for_any_pieces(pieces: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(pieces)
    esc = {place + 1 for place in range(len(whole)) if whole[place : place + 1] == b"\x1b"}  # see `Decoder.feed`
    ends = st.sampled_from(sorted({*range(len(whole) + 1)} - esc))
    places = sorted({0, len(whole), *data.draw(st.lists(ends, max_size=9))})
    assert decoded(*(whole[start:end] for start, end in pairwise(places))) == decoded(whole)


@given(st.lists(st.binary(max_size=9)))
def test_decoder_text_never_holds_a_control_character(pieces: list[bytes]) -> None:
    text = "".join(each for each in decoded(*pieces) if isinstance(each, str))
    assert all(letter == DAMAGED or ord(letter) >= 0x20 for letter in text)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in text)


# Pasted text


def test_pasted_line_ends_are_spaces() -> None:
    assert decoded(b"\x1b[200~a\rb\nc\td\x1b[201~\r") == [Key.PASTE_START, "a b c d", Key.PASTE_END, Key.ENTER]


@pytest.mark.parametrize("key", [*CONTROLS, *SEQUENCES, b"\x1b[200~"], ids=repr)
def test_no_key_counts_in_pasted_text(key: bytes) -> None:
    found = decoded(b"\x1b[200~a", key, b"b\x1b[201~")
    assert found in (
        [Key.PASTE_START, "ab", Key.PASTE_END],
        [Key.PASTE_START, "a b", Key.PASTE_END],
        [Key.PASTE_START, "a", Key.PASTE_START, "b", Key.PASTE_END],
    )


# Esc


@pytest.mark.parametrize("begun", [b"\x1b", b"\x1b\x1b", b"\x1bP", b"\x1b]0;"], ids=repr)
def test_lone_esc_ends_with_time(begun: bytes) -> None:
    decoder = Decoder("utf-8")
    assert decoder.feed(begun) == []
    assert decoder.awaits_escape
    assert decoder.settle() == [Key.OTHER]
    assert decoder.feed(b"[D") == ["[D"]


@pytest.mark.parametrize("begun", [b"\x1b[", b"\x1bO", b"\x1b[20", b"\x1b[["], ids=repr)
def test_begun_sequence_is_waited_for(begun: bytes) -> None:
    decoder = Decoder("utf-8")
    decoder.feed(begun)
    assert not decoder.awaits_escape
    assert decoder.is_waiting


def test_letter_typed_after_esc_is_kept() -> None:
    assert decoded(b"\x1b", b"2\r") == [Key.OTHER, "2", Key.ENTER]


@pytest.mark.parametrize("begun", [b"\x1b[1;", b"\x1bO", b"\x1bPabc"], ids=repr)
def test_sequence_broken_off_by_enter_is_no_text(begun: bytes) -> None:
    found = decoded(begun + b"\r2")
    assert found[0] is Key.OTHER
    assert found[-2:] == [Key.ENTER, "2"]


# Damaged text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xe9 2\r", f"caf{DAMAGED} 2"),
        (b"\xc3\r", DAMAGED),
        (b"\xc3\x1b[D\r", DAMAGED),
        (b"\xa9\r", DAMAGED),
        ("\x9b3~\r".encode(), f"{DAMAGED}3~"),
        (b"\xed\xa0\x80\r", DAMAGED * 3),
    ],
)
def test_bytes_that_are_no_text_are_marked(data: bytes, text: str) -> None:
    assert "".join(each for each in decoded(*one_by_one(data)) if isinstance(each, str)) == text


def test_letter_in_single_bytes_is_one_letter() -> None:
    assert decoded(*one_by_one("好🙂".encode())) == ["好🙂"]


def test_decoder_knows_the_encoding_of_the_terminal() -> None:
    assert decoded(b"caf\xe9", encoding="latin-1") == ["café"]
