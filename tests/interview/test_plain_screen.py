"""A screen that only ever adds lines, as a screen reader takes them."""

from io import StringIO

from iop_fit.interview.plain_screen import PlainScreen
from iop_fit.interview.screen import Line, Page


def test_screen_adds_a_text_as_it_is_and_never_takes_anything_back() -> None:
    output = StringIO()
    screen = PlainScreen(StringIO("1\n"), output)
    screen.print((Line("First."),))
    screen.show("What to do next\n    Call.\n")
    screen.wipe()
    screen.close()
    assert output.getvalue() == "First.\nWhat to do next\n    Call.\n"


def test_page_is_added_once_until_something_else_was_told() -> None:
    output = StringIO()
    screen = PlainScreen(StringIO("1\n2\n3\n"), output)
    page = Page((Line("Asked?"),))
    assert [screen.ask(page, "Number: "), screen.ask(page, "Number: ")] == ["1", "2"]
    screen.print((Line("Told."),))
    assert screen.ask(page, "Number: ") == "3"
    assert screen.ask(page, "Number: ") is None
    assert output.getvalue() == "\nAsked?\nNumber: Number: Told.\n\nAsked?\nNumber: Number: "
