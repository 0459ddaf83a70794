"""The plain screen only appends lines."""

from io import StringIO

from iop_fit.interview.plain_screen import PlainScreen
from iop_fit.interview.screen import Line, Page
from iop_fit.interview.typing.keyboard import Keyboard
from iop_fit.interview.typing.output import Output


def screen_with(typed: str, shown: StringIO) -> PlainScreen:
    output = Output(shown)
    return PlainScreen(Keyboard(StringIO(typed), output), output)


def test_plain_screen_shows_text_and_never_clears() -> None:
    output = StringIO()
    screen = screen_with("1\n", output)
    screen.print((Line("First."),))
    screen.show("What to do next\n    Call.\n")
    screen.wipe()
    screen.close()
    assert output.getvalue() == "First.\nWhat to do next\n    Call.\n"


def test_plain_screen_repeats_a_page_only_if_needed() -> None:
    output = StringIO()
    screen = screen_with("1\n2\n3\n", output)
    page = Page((Line("Asked?"),))
    assert [screen.ask(page, "Number: "), screen.ask(page, "Number: ")] == ["1", "2"]
    screen.print((Line("Printed."),))
    assert screen.ask(page, "Number: ") == "3"
    assert screen.ask(page, "Number: ") is None
    assert output.getvalue() == "\nAsked?\nNumber: Number: Printed.\n\nAsked?\nNumber: Number: "
