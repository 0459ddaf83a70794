"""A line that is being edited, letter by letter."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.graphemes import columns_of, graphemes
from iop_fit.interview.typing.line import DELETING, LEFTWARD, RIGHTWARD, TypedLine
from iop_fit.limits import MAX_LINE

FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
HEART = "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}"
GERMANY, FRANCE = "\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7"
THUMB = "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
ACUTE = "e\N{COMBINING ACUTE ACCENT}"
KOREAN = "\u1112\u1161\u11ab"
HINDI = "\u0928\u093f"
LETTERS = ["a", " ", "好", ACUTE, FAMILY, HEART, GERMANY, FRANCE, THUMB, KOREAN, HINDI]
PARTS = ["\N{ZERO WIDTH JOINER}", "\N{COMBINING ACUTE ACCENT}", "\U0001f1e9", *LETTERS]
KEYS = st.one_of(st.sampled_from(list(Key)), st.sampled_from(PARTS), st.text(max_size=3))


def typed(*keys: Key | str) -> TypedLine:
    line = TypedLine()
    for key in keys:
        line = line.with_text(key) if isinstance(key, str) else line.with_key(key)
    return line


@pytest.mark.parametrize("letter", LETTERS)
def test_graphemes_keep_a_letter_whole(letter: str) -> None:
    assert graphemes(f"{letter}{letter}b") == [letter, letter, "b"]


@pytest.mark.parametrize(
    ("letter", "columns"),
    [("a", 1), ("好", 2), (ACUTE, 1), (HEART, 2), (GERMANY, 2), (FAMILY, 6), ("\N{FULLWIDTH DIGIT ONE}", 2), ("ｱ", 1)],
)
def test_columns_of_a_letter_are_the_most_of_any_terminal(letter: str, columns: int) -> None:
    assert columns_of(letter) == columns


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["I drank", Key.LEFT, Key.LEFT, Key.DELETE], ("I dra", "k")),
        (["I drank", Key.LEFT, Key.LEFT, Key.DELETE, " twice"], ("I dra twice", "k")),
        (["ab", Key.HOME, Key.END_OF_INPUT], ("", "b")),
        (["ab", Key.END_OF_INPUT], ("ab", "")),
        (["ab", Key.HOME, Key.BACKSPACE, "c"], ("c", "ab")),
        (["ab", Key.RIGHT, Key.LEFT, Key.RIGHT], ("ab", "")),
        (["ab", Key.HOME, Key.RIGHT, Key.END], ("ab", "")),
        (["one two  ", Key.DELETE_WORD], ("one ", "")),
        (["one two", Key.LEFT, Key.DELETE_WORD], ("one ", "o")),
        (["  ", Key.DELETE_WORD], ("", "")),
        (["one two", Key.WORD_LEFT], ("one ", "two")),
        (["one two", Key.HOME, Key.WORD_RIGHT], ("one", " two")),
        (["one two", Key.HOME, Key.WORD_RIGHT, Key.WORD_RIGHT, Key.WORD_RIGHT], ("one two", "")),
        (["one two", Key.LEFT, Key.DELETE_TO_START], ("", "o")),
        (["one two", Key.WORD_LEFT, Key.DELETE_TO_END], ("one ", "")),
        (["ab", Key.OTHER, Key.TAB, Key.PASTE_START, "c", Key.PASTE_END], ("abc", "")),
        ([f"a{FAMILY}", Key.LEFT], ("a", FAMILY)),
        ([f"a{FAMILY}", Key.BACKSPACE], ("a", "")),
        ([ACUTE, Key.BACKSPACE], ("", "")),
        ([GERMANY + FRANCE, Key.BACKSPACE], (GERMANY, "")),
        (["\N{GIRL}", Key.LEFT, "\N{WOMAN}\N{ZERO WIDTH JOINER}"], ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", "")),
    ],
)
def test_line_is_edited_as_in_a_shell(keys: list[Key | str], line: tuple[str, str]) -> None:
    assert typed(*keys) == line


@given(st.lists(KEYS))
def test_cursor_is_always_between_two_letters(keys: list[Key | str]) -> None:
    line = typed(*keys)
    assert len(line.before) in {0, *accumulate(map(len, graphemes(line.text)))}


@given(st.lists(KEYS), st.sampled_from([*LEFTWARD, *RIGHTWARD]))
def test_moving_keeps_the_text_and_deleting_only_removes(keys: list[Key | str], key: Key) -> None:
    line = typed(*keys)
    after = line.with_key(key)
    if key in DELETING:
        assert len(after.text) <= len(line.text)
        assert line.text.startswith(after.before) or line.text.endswith(after.after)
    else:
        assert after.text == line.text


@given(st.lists(KEYS), st.text(max_size=5))
def test_text_is_put_in_before_the_cursor(keys: list[Key | str], text: str) -> None:
    line = typed(*keys)
    assert line.with_text(text).text == line.before + text + line.after


def test_line_takes_no_more_than_fits() -> None:
    full = typed("x" * (MAX_LINE - 1), Key.HOME, "abc", "d")
    assert full.text == f"a{'x' * (MAX_LINE - 1)}"
    assert full.with_key(Key.BACKSPACE).with_text("yz").text == f"y{'x' * (MAX_LINE - 1)}"
