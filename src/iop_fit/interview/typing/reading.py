"""Read a line that a person types and edits."""

from iop_fit.errors import Terminated
from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.keyboard import Keyboard
from iop_fit.interview.typing.line import TypedLine
from iop_fit.interview.typing.views import LineView

__all__ = ["read_line"]


def read_line(keyboard: Keyboard, view: LineView, line: TypedLine) -> tuple[TypedLine, Key]:
    """Return a line when it has been edited, and the key that ended it.

    The key is `ENTER`; `CLOSED` at the end of input; or `REDRAW` or `RESIZED` if the line has to be shown again.
    """
    view.show(line)
    while True:
        try:
            key = keyboard.read()
        except Terminated:
            view.finish(line)
            raise
        if key in (Key.REDRAW, Key.RESIZED):
            return line, Key(key)
        if key in (Key.ENTER, Key.CLOSED) or (key is Key.END_OF_INPUT and not line.text):
            view.finish(line)
            return line, Key.ENTER if key is Key.ENTER else Key.CLOSED
        line = line.with_text(key) if isinstance(key, str) else line.with_key(key)
        if not keyboard.has_more(view.patience(line)):
            view.show(line)
