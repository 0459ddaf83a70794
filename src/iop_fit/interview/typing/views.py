"""Ways to show a line that is being typed: placed on a page, or appended to what was printed."""

from typing import Protocol

from iop_fit.interview.typing.graphemes import columns_of, graphemes, is_certain
from iop_fit.interview.typing.line import TypedLine
from iop_fit.interview.typing.output import Output
from iop_fit.text import escape_controls

__all__ = ["AppendedLine", "LineView", "PlacedLine", "PrintedLine", "UnseenLine"]

CLEAR_REST = "\x1b[K"
"""Clear from the cursor to the end of the row."""
QUIET_SECONDS = 0.3
"""How long no key comes before a changed line is appended: one after several keys is enough."""

TAIL = 200
"""The most characters before the cursor that are printed again."""


class LineView(Protocol):
    """What shows a line."""

    def show(self, line: TypedLine) -> None:
        """Show the line and its cursor."""

    def patience(self, line: TypedLine) -> float:
        """Return how many seconds to wait for another key before this line is shown."""

    def finish(self, line: TypedLine) -> None:
        """Show the line for the last time, so that what is printed next starts on a row of its own."""


class PlacedLine:
    """Shows a line in a block of rows to the right of its prompt: as many letters as fit, around the cursor.

    Draws only what changed, and never scrolls the window. The last column stays empty.
    """

    def __init__(self, output: Output, *, column: int, columns: int, rows: int) -> None:
        self._output = output
        self._column = column
        """The first column of the block."""
        self._room = max(2, columns - column - 1)
        """The columns of the block."""
        self._drawn: list[list[str]] = [[] for _ in range(rows)]
        """The letters in each row of the block."""
        self._top = 0
        """The first row of the text that is in the block."""
        self._cursor = (0, column)

    def show(self, line: TypedLine) -> None:
        """Draw what changed."""
        rows, (row, column) = self._laid_out(line)
        last = max(0, len(rows) - len(self._drawn))
        self._top = min(max(self._top, row - len(self._drawn) + 1), row, last)
        shown = rows[self._top : self._top + len(self._drawn)]
        shown += [[] for _ in range(len(self._drawn) - len(shown))]
        changes = "".join(self._redrawn(place, letters) for place, letters in enumerate(shown))
        self._output.write(changes + self._moved_to(row - self._top, column))
        self._drawn = shown

    def patience(self, line: TypedLine) -> float:
        """Return 0, since a change can be drawn at once."""
        del line
        return 0

    def finish(self, line: TypedLine) -> None:
        """Do nothing: the next page is drawn over this one."""

    def _laid_out(self, line: TypedLine) -> tuple[list[list[str]], tuple[int, int]]:
        """Return the letters in rows, and the row and the column of the cursor."""
        before = graphemes(escape_controls(line.before))
        rows: list[list[str]] = [[]]
        used, cursor = 0, (0, 0)
        for place, letter in enumerate(before + graphemes(escape_controls(line.after))):
            columns = columns_of(letter)
            if used + columns > self._room:
                rows.append([])
                used = 0
            if place == len(before):
                cursor = len(rows) - 1, used
            rows[-1].append(letter)
            used += columns
        row, column = cursor if line.after else (len(rows) - 1, used)
        return rows, (row, self._column + column)

    def _redrawn(self, row: int, letters: list[str]) -> str:
        """Return codes and letters that change a row from where it differs."""
        old = self._drawn[row]
        if old == letters:
            return ""
        same = next((place for place, both in enumerate(zip(old, letters, strict=False)) if both[0] != both[1]), None)
        same = min(len(old), len(letters)) if same is None else same
        column = self._column + sum(map(columns_of, letters[:same]))
        parts = [self._moved_to(row, column), CLEAR_REST if len(old) > same else ""]
        for letter in letters[same:]:
            column += columns_of(letter)
            parts.append(letter if is_certain(letter) else f"{letter}{_to_column(column)}")
        self._cursor = row, column
        return "".join(parts)

    def _moved_to(self, row: int, column: int) -> str:
        """Return codes that move the cursor."""
        (old_row, old_column), self._cursor = self._cursor, (row, column)
        down = row - old_row
        vertical = f"\x1b[{abs(down)}{'B' if down > 0 else 'A'}" if down else ""
        return vertical + (_to_column(column) if column != old_column else "")


class PrintedLine(PlacedLine):
    """Shows a line in the last row of what was printed."""

    def __init__(self, output: Output, *, column: int, columns: int) -> None:
        super().__init__(output, column=column, columns=columns, rows=1)

    def finish(self, line: TypedLine) -> None:
        """Show the line, and end its row."""
        self.show(line)
        self._output.write("\n")


def _to_column(column: int) -> str:
    """Return the code that moves the cursor to a column, from 0, of its row."""
    return f"\x1b[{column + 1}G"


class AppendedLine:
    """Shows a line without moving the cursor: if more changed than its end, it is printed again up to the cursor."""

    def __init__(self, output: Output, prompt: str, line: TypedLine) -> None:
        """Print the prompt, and what is typed already."""
        self._output = output
        self._prompt = prompt
        self._shown = ""
        """The text in the last row."""
        self._print(line)

    def _print(self, line: TypedLine) -> None:
        start = len(line.before) - TAIL
        cut = f"…{line.before[start:]}" if start > 0 else line.before
        self._output.write(f"{self._prompt}{escape_controls(cut)}")
        self._shown = line.before

    def show(self, line: TypedLine) -> None:
        """Append what is new before the cursor, or else a new row."""
        if line.before.startswith(self._shown):
            self._output.write(escape_controls(line.before[len(self._shown) :]))
            self._shown = line.before
        else:
            self._output.write("\n")
            self._print(line)

    def patience(self, line: TypedLine) -> float:
        """Return 0 if the end can be appended, or else `QUIET_SECONDS`."""
        return 0 if line.before.startswith(self._shown) else QUIET_SECONDS

    def finish(self, line: TypedLine) -> None:
        """Show the whole line in the last row, and end it."""
        self.show(line.at_end)
        self._output.write("\n")


class UnseenLine:
    """Shows only the prompt, where the terminal echoes by itself, or the input is not a terminal."""

    def __init__(self, output: Output, prompt: str, line: TypedLine) -> None:
        """Print the prompt."""
        del line
        output.write(prompt)

    def show(self, line: TypedLine) -> None:
        """Do nothing."""

    def patience(self, line: TypedLine) -> float:
        """Return 0."""
        del line
        return 0

    def finish(self, line: TypedLine) -> None:
        """Do nothing."""
