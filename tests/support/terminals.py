"""The real command in a pseudo-terminal, with input typed at each prompt.

Run as a script, it measures the time from Enter to the next question, on the clock and of the processor:
`python tests/support/terminals.py`.
"""

import os
import pty
import re
import select
import signal
import statistics
import sys
import tempfile
import termios
import time
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from typing import Self

import pyte
from rich.cells import cell_len

from support import UNMEASURED

SECONDS = 10.0
"""Timeout for a prompt or the end of the process."""
SWITCH = re.compile(rb"(\x1b\[\?1049[hl])")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
DRAWN = re.compile(r"[\u2500-\u25ff\u2800-\u28ff]+")
"""Boxes, bars, blocks and braille."""
MORE = "Enter = more"
"""The start of the prompt if a page continues below."""
PAGING = re.compile(r"Enter = [^,\n]*, or ")
NOT_INHERITED = {"COLUMNS", "LINES", "IOP_FIT_PLAIN", "ACCESSIBLE", "TERM"}
NOT_INHERITED |= {"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"}


class _Normal(pyte.HistoryScreen):  # type: ignore[misc, unused-ignore]
    """A screen that can clear only its scrollback, as terminals do."""

    def erase_in_display(self, how: int = 0, *arguments: object, **more: object) -> None:
        if how == 3:
            self.history.top.clear()
        else:
            super().erase_in_display(how, *arguments, **more)


class _OneScreen(pyte.HistoryScreen):  # type: ignore[misc, unused-ignore]
    """A terminal without an alternate screen, which moves cleared text to a scrollback that can't be cleared."""

    def erase_in_display(self, how: int = 0, *arguments: object, **more: object) -> None:
        if how == 2:
            self.history.top.extend(copy(self.buffer[row]) for row in range(self.lines))
        if how != 3:
            super().erase_in_display(how, *arguments, **more)


class Terminal:
    """A process of `iop-fit assess` in a window; `before` is a command prefix, such as a tracer."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        term: str | None = "xterm-256color",
        output: Path | None = None,
        before: tuple[str, ...] = (),
        main: tuple[str, ...] = ("-m", "iop_fit"),
        **environment: str,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.raw = bytearray()
        """Everything written to the terminal, including the echo of the input."""
        self.times: list[float] = []
        """Seconds from Enter to the last character of each prompt."""
        self.status: int | None = None
        self._typed_at = 0
        self._echoed = False
        self._typed_time = time.monotonic()
        self._drawn = 0
        self._ended = False
        self._normal = _Normal(columns, rows, history=100_000)
        self._alternate: pyte.Screen | None = None
        outside = UNMEASURED if before else os.environ  # a traced process must not write coverage files
        inherited = {name: value for name, value in outside.items() if name not in NOT_INHERITED}
        known = {**inherited, **({"TERM": term} if term else {}), **environment}
        command = [*before, sys.executable, *main, "assess", *arguments]
        self.pid, self.keys = pty.fork()
        if self.pid == 0:
            try:
                termios.tcsetwinsize(0, (rows, columns))
                os.chdir(folder)
                if output:
                    os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
                self._become(command, known)
            finally:
                os._exit(127)
        os.set_inheritable(self.keys, False)  # or the process of the next terminal would keep it open

    def _become(self, command: list[str], environment: dict[str, str]) -> None:
        """Replace the forked process by the command."""
        os.execve(command[0], command, environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            self.stop(signal.SIGKILL)
            self.end()

    # Reading

    def prompted(self) -> Self:
        """Wait for a prompt after the last input, and until the command waits for a line."""
        deadline = time.monotonic() + SECONDS
        written = 0.0
        while time.monotonic() < deadline:
            quiet = not self._read(0.001)
            if self._ended:
                raise AssertionError(f"No prompt; the command ended with:\n{self.transcript()[-2000:]}")
            if not (len(self.raw) > self._typed_at and self.raw.endswith(b": ")):
                continue
            written = written or time.monotonic()
            if quiet and self._waits():
                self.times.append(written - self._typed_time)
                return self
        raise AssertionError(f"No prompt; the last output:\n{self.transcript()[-2000:]}")

    def shows(self, *texts: str) -> Self:
        """Wait until the window shows some texts."""
        deadline = time.monotonic() + SECONDS
        while not all(text in "\n".join(self.screen()) for text in texts):
            assert time.monotonic() < deadline, f"Not shown: {texts}; the window:\n" + "\n".join(self.screen())
            self._read(0.05)
        return self

    def end(self) -> int:
        """Wait for the end of the command; return its exit status, or the negative number of the signal."""
        deadline = time.monotonic() + SECONDS
        while not self._ended and time.monotonic() < deadline:
            self._read(0.05)
        assert self._ended, f"The command did not end:\n{self.transcript()[-2000:]}"
        return self._wait()

    def _read(self, seconds: float) -> bool:
        if self._ended or not select.select([self.keys], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self.keys, 65_536)
        except OSError:  # end of file on Linux
            new = b""
        self._ended = not new
        self.raw += new
        return True

    def _wait(self) -> int:
        if self.status is None:
            deadline = time.monotonic() + SECONDS
            found, status = os.waitpid(self.pid, os.WNOHANG)
            while not found and time.monotonic() < deadline:
                time.sleep(0.002)
                found, status = os.waitpid(self.pid, os.WNOHANG)
            if not found:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)
            if self.keys >= 0:
                os.close(self.keys)
            assert found, "The command did not end."
        return self.status

    def _waits(self) -> bool:
        """Whether the command sleeps, so that input isn't typed ahead."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # not on Linux
            time.sleep(0.03)
            return True
        return state == "S"

    def processor_time(self) -> float:
        """Return the seconds that the command has used a processor (on Linux)."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9

    # Typing

    def type(self, *lines: str) -> Self:
        """Type each line and wait for the next prompt."""
        for line in lines:
            self.last(line).prompted()
        return self

    def last(self, line: str) -> Self:
        """Type a line without waiting for a prompt."""
        return self.send(f"{line}\r")

    def send(self, text: str | bytes) -> Self:
        """Type a text without Enter."""
        data = text if isinstance(text, bytes) else text.encode()
        self._typed_at = len(self.raw)
        self._echoed = data.endswith(b"\r")
        self._typed_time = time.monotonic()
        os.write(self.keys, data)
        return self

    def set_size(self, columns: int, rows: int) -> Self:
        """Give the window another size without waiting for the page."""
        self._draw()
        self.columns, self.rows = columns, rows
        for screen in (self._normal, self._alternate):
            if screen:
                screen.resize(rows, columns)
        termios.tcsetwinsize(self.keys, (rows, columns))
        return self

    def resize(self, columns: int, rows: int) -> Self:
        """Resize the window and wait until the page is redrawn."""
        self._typed_at = len(self.raw)
        self._echoed = False
        self.set_size(columns, rows)
        return self.prompted()

    def stop(self, number: signal.Signals) -> Self:
        os.kill(self.pid, number)
        return self

    def hang_up(self) -> int:
        """Close the window; return the exit status."""
        os.close(self.keys)
        self.keys = -1
        self._ended = True
        return self._wait()

    # The screen

    def _draw(self) -> None:
        new, self._drawn = bytes(self.raw[self._drawn :]), len(self.raw)
        for part in SWITCH.split(new):
            if part.endswith(b"1049h"):
                self._alternate = pyte.Screen(self.columns, self.rows)
            elif part.endswith(b"1049l"):
                self._alternate = None
            elif part:
                pyte.ByteStream(self._alternate or self._normal).feed(part)

    def screen(self) -> list[str]:
        """Return the lines in the window, without empty ones at the end."""
        self._draw()
        shown = [line.rstrip() for line in (self._alternate or self._normal).display]
        while shown and not shown[-1]:
            shown.pop()
        return shown

    def on_alternate(self) -> bool:
        self._draw()
        return self._alternate is not None

    def normal(self) -> str:
        """Return the text of the normal screen and its scrollback."""
        self._draw()
        above = ["".join(line[place].data for place in range(self.columns)) for line in self._normal.history.top]
        return "\n".join(line.rstrip() for line in [*above, *self._normal.display]).rstrip()

    def on_one_screen(self) -> str:
        """Return what would remain in the window and scrollback of a terminal without an alternate screen."""
        screen = _OneScreen(self.columns, self.rows, history=100_000)
        pyte.ByteStream(screen).feed(bytes(self.raw))
        above = ("".join(row[place].data for place in sorted(row)) for row in screen.history.top)
        return "\n".join(line.rstrip() for line in (*above, *screen.display)).strip()

    def transcript(self) -> str:
        """Return everything written, as text."""
        return self.raw.decode(errors="replace").replace("\r\n", "\n")

    def since_typed(self) -> str:
        """Return the output since the last typed line, without its echo and escapes."""
        new = ESCAPE.sub("", self.raw[self._typed_at :].decode().replace("\r\n", "\n"))
        return new.partition("\n")[2] if self._echoed else new

    def whole_page(self) -> str:
        """Return the output since the last typed line, with the other parts of that page, which Enter shows."""
        parts = [self.since_typed()]
        while MORE in parts[-1]:
            parts[-1] = parts[-1].rpartition(MORE)[0]
            parts.append(self.type("").since_typed())
        return "\n".join(parts)

    def widest(self) -> int:
        """Return the columns of the widest line since the last typed line."""
        return max(cell_len(line) for line in self.since_typed().split("\n"))


def words(text: str) -> str:
    """Return the words of a text in lower case, without boxes, bars, marks and line ends."""
    return " ".join(re.findall(r"[\w'\u2019]+", DRAWN.sub(" ", text).casefold()))


def unlike(mine: Iterable[str], theirs: Iterable[str]) -> set[str]:
    """Return the lines of some pages whose words are, in sequence, on none of the other pages."""
    there = f" {' '.join(words(PAGING.sub('', page)) for page in theirs)} "
    lines = {words(line) for page in mine for line in PAGING.sub("", page).split("\n")}
    return {line for line in lines if f" {line} " not in there and line}


def processor_times(terminal: Terminal, *typed: str) -> list[float]:
    """Type each line and wait for the next prompt; return the processor time of each, in seconds (on Linux)."""
    times = []
    for line in typed:
        before = terminal.processor_time()
        times.append(terminal.type(line).processor_time() - before)
    return times


def main() -> None:
    """Answer each question with one key and Enter, and print the time to the next question."""
    import iop_fit
    from support.scripted import calm_without_notes

    typed = list(calm_without_notes(iop_fit.load()).values())
    for mode in ((), ("--plain",)):
        with tempfile.TemporaryDirectory() as folder, Terminal(Path(folder), "--for", "me", *mode) as terminal:
            terminal.prompted().type("g")
            terminal.times.clear()
            processor = statistics.median(processor_times(terminal, *typed))
            times = sorted(1000 * each for each in terminal.times)
            what = f"{len(times)} questions{' '.join(('', *mode))}"
            print(f"{what}: median {statistics.median(times):.1f} ms, slowest {times[-1]:.1f} ms", end="; ")
            print(f"median of the processor {1000 * processor:.1f} ms")
            terminal.type("g").last("q").end()


if __name__ == "__main__":
    main()
