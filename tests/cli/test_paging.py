"""The full report on a screen: in a pager if it is longer than the window, and what is in sight at the end."""

from pathlib import Path

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from support import ROOT, Run
from support.terminal_answers import to_the_end
from support.terminals import Terminal

EXAMPLE = str(ROOT / "examples" / "everyday-drinking.yaml")
PAGER = """\
#!/bin/sh
cat > paged.txt
echo "$LESSHISTFILE $LESSSECURE" > environment.txt
"""


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """Return a program that keeps what it is given in a file."""
    path = tmp_path / "pager"
    path.write_text(PAGER)
    path.chmod(0o700)
    return str(path)


def test_long_full_report_goes_to_the_pager_without_escapes(tmp_path: Path, pager: str) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", "--export", "page.md", PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert terminal.normal() == "Written: page.md"
    paged = (tmp_path / "paged.txt").read_text()
    assert "Warning signs in a program" in paged
    assert "\x1b" not in paged
    assert (tmp_path / "environment.txt").read_text() == "- 1\n"


@pytest.mark.parametrize(
    "options", [["--full", "--no-pager"], ["--full", "--plain"], []], ids=["no pager", "plain", "summary"]
)
def test_other_output_never_goes_to_a_pager(tmp_path: Path, pager: str, options: list[str]) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, *options, rows=10, PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert "What to ask about" in terminal.normal()
    assert not (tmp_path / "paged.txt").exists()


def test_report_that_fits_the_window_is_printed(tmp_path: Path, pager: str) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", rows=500, PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert "Warning signs in a program" in terminal.normal()
    assert not (tmp_path / "paged.txt").exists()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12)])
def test_direction_is_in_sight_at_the_end(
    questionnaire: Questionnaire, tmp_path: Path, pager: str, columns: int, rows: int
) -> None:
    sentence = questionnaire.directions[0].sentence
    with Terminal(tmp_path, "--for", "me", columns=columns, rows=rows, PAGER=pager) as terminal:
        to_the_end(terminal, questionnaire).type("g")
        assert sentence in " ".join(terminal.screen())
        terminal.type("f").last("q")
        assert terminal.end() == 0
        assert sentence in " ".join(terminal.screen())
    assert "What to do next" in (tmp_path / "paged.txt").read_text()


def test_pager_gets_the_terminal_as_it_was(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "pager"
    path.write_text("#!/bin/sh\ncat > /dev/null\nstty -a < /dev/tty > modes.txt\n")
    path.chmod(0o700)
    with Terminal(tmp_path, "--for", "me", PAGER=str(path)) as terminal:
        to_the_end(terminal, questionnaire).type("g", "f").send("x\x7fq").shows("q = done: q").last("")
        assert terminal.end() == 0
        assert bytes(terminal.raw).count(b"\x1b[?2004h") == bytes(terminal.raw).count(b"\x1b[?2004l") == 2
    modes = {*(tmp_path / "modes.txt").read_text().replace(";", " ").split()}
    assert {"icanon", "echo", "iexten", "ixon", "isig"} <= modes


def test_keys_below_the_result_are_edited_and_shown_again(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        to_the_end(terminal, questionnaire).type("g").send("fp\x1b[D").shows("q = done: fp")
        terminal.set_size(100, 24).send("\x7f").shows("q = done: p")
        terminal.send("\x0c").shows("q = done: p").send("\r").prompted().shows("What should the file be called?")
        terminal.type("0").last("q")
        assert terminal.end() == 0


def test_full_is_only_for_text(run: Run) -> None:
    done = run("assess", "--answers", EXAMPLE, "--full", "--format", "json")
    assert done.returncode == 2
    assert "--full is only for --format text" in " ".join(done.stderr.split())
