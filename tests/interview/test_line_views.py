"""A line that is being typed, as a terminal shows it."""

from io import StringIO

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.line import TypedLine
from iop_fit.interview.typing.output import Output, wrapped_prompt
from iop_fit.interview.typing.views import TAIL, AppendedLine, PlacedLine, PrintedLine
from iop_fit.text import escape_controls

COLUMNS, ROWS = 20, 4
PROMPT = "Note: "
KEYS = st.one_of(
    st.sampled_from(list(Key)),
    st.sampled_from(["好", "e\N{COMBINING ACUTE ACCENT}", "\u202e"]),
    st.text("ab ", max_size=9),
)


def edited(keys: list[Key | str]) -> list[TypedLine]:
    """Return a line after each key."""
    lines = [TypedLine()]
    for key in keys:
        lines.append(lines[-1].with_text(key) if isinstance(key, str) else lines[-1].with_key(key))
    return lines


class Window:
    """A window with a prompt in its second row, and a line placed after it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.written = StringIO()
        self.view = PlacedLine(Output(self.written), column=len(PROMPT), columns=COLUMNS, rows=ROWS - 1)
        self.feed(f"Question\r\n{PROMPT}")

    def feed(self, text: str) -> None:
        pyte.Stream(self.screen).feed(text)

    def show(self, *lines: TypedLine) -> "Window":
        for line in lines:
            self.view.show(line)
            self.feed(self.written.getvalue())
            self.written.seek(0)
            self.written.truncate()
        return self

    def shown(self) -> tuple[list[str], tuple[int, int]]:
        """Return the rows, and the row and the column of the cursor."""
        return [row.rstrip() for row in self.screen.display], (self.screen.cursor.y, self.screen.cursor.x)


@given(st.lists(KEYS))
def test_placed_line_looks_as_if_drawn_at_once(keys: list[Key | str]) -> None:
    lines = edited(keys)
    step_by_step = Window().show(*lines)
    at_once = Window()
    at_once.view._top = step_by_step.view._top
    assert step_by_step.shown() == at_once.show(lines[-1]).shown()


@given(st.lists(KEYS))
def test_placed_line_stays_in_its_block(keys: list[Key | str]) -> None:
    window = Window().show(*edited(keys))
    rows, (row, column) = window.shown()
    assert rows[0] == "Question"
    assert rows[1].startswith(PROMPT.strip())
    assert all(not each[: len(PROMPT)].strip() for each in rows[2:])
    assert row >= 1
    assert len(PROMPT) <= column < COLUMNS


@given(st.text("ab 好", max_size=40), st.integers(0, 40))
def test_placed_line_that_fits_shows_all_letters(text: str, lefts: int) -> None:
    window = Window().show(*edited([text, *[Key.LEFT] * lefts]))
    shown = "".join(row[len(PROMPT) :] for row in window.shown()[0][1:])
    fits = len(text) + text.count("好") <= 12 * 3  # a wide letter may leave a column of each row empty
    assert not fits or "".join(shown.split()) == "".join(text.split())


def test_placed_line_scrolls_to_the_cursor() -> None:
    text = "".join(f"{number:>13}" for number in range(6))
    window = Window().show(TypedLine(text))
    assert window.shown() == (["Question", f"{PROMPT}{3:>13}", f"{4:>19}", f"{5:>19}"], (3, 19))
    window.show(TypedLine("", text))
    assert window.shown() == (["Question", f"{PROMPT}{0:>13}", f"{1:>19}", f"{2:>19}"], (1, 6))


def test_placed_line_draws_only_what_changed() -> None:
    window = Window().show(TypedLine("abc"))
    for line, drawn in (
        (TypedLine("abcd"), "d"),
        (TypedLine("abcd"), ""),
        (TypedLine("abc", "d"), "\x1b[10G"),
        (TypedLine("ab", "d"), "\x1b[9G\x1b[Kd\x1b[9G"),
        (TypedLine("abd" + "e" * 12), "\x1b[10G" + "e" * 10 + "\x1b[1B\x1b[7Gee"),
    ):
        window.view.show(line)
        assert window.written.getvalue() == drawn
        window.written.seek(0)
        window.written.truncate()


def test_letters_of_uncertain_width_never_move_the_rest() -> None:
    written = StringIO()
    PlacedLine(Output(written), column=2, columns=20, rows=1).show(TypedLine("a\N{HEAVY BLACK HEART}\ufe0fb"))
    assert written.getvalue() == "a\N{HEAVY BLACK HEART}\ufe0f\x1b[6Gb"


def test_printed_line_ends_its_row() -> None:
    written = StringIO()
    view = PrintedLine(Output(written), column=2, columns=20)
    view.finish(TypedLine("f"))
    assert written.getvalue() == "f\n"


# Plain mode


def appended(keys: list[Key | str]) -> str:
    """Return what is printed for some keys, and Enter."""
    written = StringIO()
    lines = edited(keys)
    view = AppendedLine(Output(written), PROMPT, lines[0])
    for line in lines:
        view.show(line)
    view.finish(lines[-1])
    return written.getvalue()


@given(st.lists(KEYS, max_size=20))
def test_appended_line_ends_with_the_whole_line(keys: list[Key | str]) -> None:
    printed = appended(keys)
    assert printed.endswith("\n")
    assert printed.split("\n")[-2] == PROMPT + escape_controls(edited(keys)[-1].text)


@given(st.lists(KEYS, max_size=20))
def test_appended_line_moves_no_cursor(keys: list[Key | str]) -> None:
    assert not {"\b", "\r", "\x1b", "\x7f"} & {*appended(keys)}


@pytest.mark.parametrize(
    ("keys", "printed"),
    [
        (["12", "3"], "Note: 123\n"),
        (["12", Key.BACKSPACE, "3"], "Note: 12\nNote: 13\n"),
        (["I drank", Key.HOME, "So "], "Note: I drank\nNote: So I drank\n"),
        (["ab", Key.HOME, Key.DELETE], "Note: ab\nNote: b\n"),
        (["ab", Key.LEFT, Key.END], "Note: ab\nNote: ab\n"),
    ],
)
def test_appended_line_shows_a_change_on_a_new_row(keys: list[Key | str], printed: str) -> None:
    assert appended(keys) == printed


def test_appended_line_repeats_only_the_end_of_a_long_one() -> None:
    text = "x" * TAIL + "yz"
    assert appended([text, Key.BACKSPACE]) == f"{PROMPT}{text}\n{PROMPT}…{text[1:-1]}\n"


def test_appended_line_starts_with_what_is_typed_already() -> None:
    written = StringIO()
    view = AppendedLine(Output(written), PROMPT, TypedLine("x" * TAIL + "yz"))
    view.finish(TypedLine("x" * TAIL + "yz!"))
    assert written.getvalue() == f"{PROMPT}…{'x' * (TAIL - 2)}yz!\n"


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("length", range(60, 101, 4))
def test_prompt_leaves_room_for_a_word(width: int, length: int) -> None:
    prompt = ("key " * length)[: length - 1] + ":"
    last = wrapped_prompt(prompt, width).rpartition("\n")[2]
    window = pyte.Screen(width, 1)
    written = StringIO()
    view = PrintedLine(Output(written), column=len(last), columns=width)
    view.show(TypedLine("review"))
    pyte.Stream(window).feed(last + written.getvalue())
    assert window.display[0].rstrip() == f"{last}review"


def test_prompt_keeps_a_key_beside_what_it_does() -> None:
    prompt = "p = page for your visit, f = full report, q = done: "
    assert wrapped_prompt(prompt, 46) == "p = page for your visit, f = full\nreport, q = done: "
    assert wrapped_prompt(prompt, 54) == "p = page for your visit, f = full report,\nq = done: "
    assert wrapped_prompt(prompt, 60) == prompt
