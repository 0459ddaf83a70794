"""Side effects of the program, observed by strace, in /proc, in files and on the terminal."""

import json
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import iop_fit
from iop_fit.cli.app import app
from iop_fit.domain.answers import Written
from support import DAY, ROOT, restarted
from support import traced as tracing
from support.hostile import UNRULY
from support.scored_rows import in_csv, row_of
from support.terminals import Terminal
from support.traced import Trace, need_strace, run_traced, tracer

IOP_FIT = (sys.executable, "-m", "iop_fit")
EXAMPLE = ROOT / "examples" / "everyday-drinking.yaml"
NOTE = "The blue heron knows it"
"""A free-text answer; it must appear only in requested files and output."""
CHINESE = "不要告诉任何人"
FORMATS = ("pdf", "html", "md", "txt", "json", "fhir.json")


# 1. Under strace


class TracedTask(NamedTuple):
    """Trace of a command, with its task."""

    trace: Trace
    status: int
    folder: Path
    task: "Task"

    def strays(self) -> list[Path]:
        """Return the files it touched without being asked to."""
        return sorted(path for path in self.trace.touched() if not self._was_requested(path))

    def _was_requested(self, path: Path) -> bool:
        asked = self.task.asked
        if path.parent == self.folder:
            return path.name in asked or (bool(asked) and path.name.startswith(TEMPORARY))
        return str(path).startswith(STREAMS)


TEMPORARY = (".iop-fit-", "#")
"""Prefixes of temporary files next to a requested one; `#` is an unnamed file."""
STREAMS = ("/dev/pts/", "/dev/null", "/dev/tty")


def answers_with(**changed: str) -> str:
    """Return the answers of the example with other ones, each of which it has on a line of its own."""
    text = EXAMPLE.read_text().partition("\nexpect:")[0]
    for name, answer in changed.items():
        text, places = re.subn(rf"^  {name}: .*$", f"  {name}: {answer}", text, flags=re.MULTILINE)
        assert places == 1
    return text


def exports(*names: str) -> list[str]:
    return [f"--export={name}" for name in names]


class Task(NamedTuple):
    """A command to trace."""

    arguments: list[str]
    asked: tuple[str, ...] = ()
    """The files it is asked to write."""
    gone: tuple[str, ...] = ()
    """Those of them that don't exist at the end."""
    status: int = 0
    read: str = ""
    """The file used as standard input."""
    typed: tuple[str, ...] = ()
    """Lines typed in an interview, one at each prompt."""

    @property
    def command(self) -> str:
        """The name of the command; an interview is `assess`."""
        return "assess" if self.typed else self.arguments[0]


SHORT_ANSWERS = ("2", "g", "1", "0", "2", "0", "1")
"""Input for the short questionnaire up to the note; option 2 of its first question raises an alert."""
ALL_TYPED = ("g", *SHORT_ANSWERS)
PAGES = tuple(f"page.{end}" for end in FORMATS)
SHOWN, COMPARED = ("again.pdf", "old.md"), ("new.pdf", "new.txt")
TASKS: dict[str, Task] = {
    "assess, six formats": Task(["assess", "--answers", "me.yaml", *exports(*PAGES)], PAGES),
    "assess, fonts of here": Task(["assess", "--answers", "chinese.yaml", *exports("page.pdf")], ("page.pdf",)),
    "assess, problems": Task(
        ["assess", "--answers", "broken.yaml", *exports("page.md")], ("page.md",), gone=("page.md",), status=4
    ),
    "show, replacing": Task(["show", "result.json", *exports(*SHOWN), "--force"], SHOWN),
    "compare": Task(["compare", "result.json", "result.json", *exports(*COMPARED)], COMPARED),
    "check": Task(["check", "faulty.yaml", "--witness", "witness.yaml"], ("witness.yaml",), status=1),
    "check, JSON": Task(["check", "faulty.yaml", "--format", "json"], status=1),
    "new": Task(["new", "mine.yaml"], ("mine.yaml",)),
    "schema": Task(["schema"]),
    "questions": Task(["questions"]),
    "questions, JSON": Task(["questions", "--format", "json"]),
    "questions, blank": Task(["questions", "--blank"]),
    "hotlines": Task(["hotlines"]),
    "hotlines of a file": Task(["hotlines", "--questions", "short.yaml"]),
    "completion": Task(["completion", "bash"]),
    "help": Task(["help", "assess"]),
    "options": Task(["options"]),
    "options, marked": Task(["options", "--result", "result.json", *exports("grid.pdf")], ("grid.pdf",)),
    "about": Task(["about"]),
    "score": Task(["score", "sheets.csv", "-o", "scored.parquet"], ("scored.parquet",)),
    "population": Task(["population", "50", "-o", "people.parquet"], ("people.parquet",)),
    "score, SQL": Task(["score", "--explain"]),
    "assess, standard input": Task(["assess", "--answers", "-"], read="me.yaml"),
    "interview, saved, a page": Task(
        ["--for", "me", "--save", "draft.json"],
        ("draft.json", "page.pdf"),
        typed=(*ALL_TYPED, "g", "p", "~nobody/page.pdf", "page.pdf", "0", NOTE, "q"),  # no user is looked up
    ),
    "interview, left with x": Task(
        ["--for", "me", "--save", "draft.json"], ("draft.json",), gone=("draft.json",), typed=(*ALL_TYPED, "x")
    ),
    "interview, private": Task(["--for", "me", "--private"], typed=(*ALL_TYPED, "g", "q")),
    "interview, plain": Task(["--for", "me", "--plain"], typed=("g", *SHORT_ANSWERS[:3], "q", "1")),
    "interview, resumed": Task(["--resume", "begun.json"], ("begun.json",), typed=("g", *SHORT_ANSWERS[2:4], "q")),
}


def trace_task(name: str, folder: Path, *, all_calls: bool = False) -> TracedTask:
    """Run a task under strace in a prepared folder with a nearly empty home."""
    task, work, home = TASKS[name], prepared(folder), f"{folder}/home"
    known = {"HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TMPDIR": f"{home}/tmp", "PYTHONDONTWRITEBYTECODE": "1"}
    with umask(0):  # masks no permissions
        if task.typed:
            status = interviewed(task, work, before=tracer(folder / "logs", all_calls=all_calls), **known)
            return TracedTask(tracing.traced(folder / "logs", work), status, work, task)
        read = work / task.read if task.read else None
        done = run_traced(work, *IOP_FIT, *task.arguments, read=read, all_calls=all_calls, **known)
        return TracedTask(done.trace, done.status, work, task)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


HOME_FONTS = (".fonts/mine.ttf", ".local/share/fonts/mine.ttf")
"""Font files in the home folder; they are not valid fonts, which shows only when they are read."""
HOME = ("cache", "tmp", *HOME_FONTS)


def prepared(folder: Path) -> Path:
    for each in ("home/cache", "home/tmp", "work", *(f"home/{Path(font).parent}" for font in HOME_FONTS)):
        (folder / each).mkdir(parents=True)
    for font in HOME_FONTS:
        (folder / "home" / font).write_text("no font")
    for name, text in files().items():
        (folder / "work" / name).write_text(text)
    return folder / "work"


@cache
def files() -> dict[str, str]:
    """Return the initial files of the folder, including a result."""
    questionnaire = iop_fit.load()
    sheet = iop_fit.load_answers(EXAMPLE, questionnaire).with_answer("note", Written(NOTE))
    return {
        "me.yaml": answers_with(note=NOTE),
        "chinese.yaml": answers_with(note=CHINESE),
        "broken.yaml": answers_with(note=NOTE, age="ancient"),
        "result.json": iop_fit.render(iop_fit.assess(questionnaire, sheet, on=DAY), "json"),
        "old.md": "old",
        "sheets.csv": in_csv([{"id": "one", **row_of(sheet, questionnaire)}]),
        "short.yaml": SHORT,
        "faulty.yaml": SHORT.replace("  - id: wait-and-nobody\n    raises: more", IDLE),
        "begun.json": BEGUN,
    }


SHORT = (
    (ROOT / "src" / "iop_fit" / "cli" / "starter.yaml")
    .read_text()
    .replace(
        """
# An alert is shown as soon as""",
        """      - id: note
        kind: note
        ask: Anything else?
        ask about someone: Anything else?
        why: Own words say most.
        dimension: 6

# An alert is shown as soon as""",
    )
)
"""A short questionnaire; option 2 of its first question raises an alert."""
IDLE = "  - id: wait-and-nobody\n    raises: between"
"""A rule that raises no more than another one, so that `check` writes a witness."""
BEGUN = json.dumps({"questionnaire": "between-visits", "for": "me", "answers": {"ending-life": "wished"}})
"""A draft for the short questionnaire."""


def interviewed(task: Task, work: Path, *, before: tuple[str, ...], **known: str) -> int:
    short = ("--questions", "short.yaml")
    with Terminal(work, *short, *task.arguments, before=before, **known) as terminal:  # type: ignore[arg-type]
        *most, last = task.typed
        terminal.prompted().type(*most).last(last)
        return terminal.end()


def test_every_command_is_traced() -> None:
    commands = {command.name for command in app.registered_commands if not command.hidden}
    assert {task.command for task in TASKS.values()} == commands


@pytest.fixture(scope="module", params=TASKS)
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TracedTask:
    need_strace()
    return trace_task(request.param, tmp_path_factory.mktemp("traced"))


def test_command_uses_no_network_or_sockets(done: TracedTask) -> None:
    assert done.trace.network() == []


def test_command_looks_up_no_names(done: TracedTask) -> None:
    assert done.trace.name_look_ups() == []


def test_command_starts_no_process(done: TracedTask) -> None:
    assert done.trace.started() == []


def test_command_touches_only_requested_files(done: TracedTask) -> None:
    assert done.strays() == []


def test_command_makes_no_unknown_system_call(done: TracedTask) -> None:
    assert done.trace.unknown() == []


def test_command_leaves_only_requested_files(done: TracedTask) -> None:
    """No other file in the folder, and no font cache or other cache in the home."""
    assert done.status == done.task.status
    wanted = {*files(), *done.task.asked} - {*done.task.gone}
    assert {path.name for path in done.folder.iterdir()} == wanted
    home = done.folder.parent / "home"
    found = {path for path in home.rglob("*") if path.is_file() or not any(path.iterdir())}
    assert {path.relative_to(home).as_posix() for path in found} == {*HOME}


def test_command_opens_no_unrequested_file_to_write(done: TracedTask) -> None:
    """Same for `--private`, including unnamed files."""
    assert done.task.asked or done.trace.opened_for_writing() == []


FONT = re.compile(r"\.(ttf|ttc|otf|otc)", re.IGNORECASE)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def test_system_fonts_are_read_only_for_notes(done: TracedTask) -> None:
    home = done.folder.parent / "home"
    own = {home / font for font in HOME_FONTS}
    folders = (*FONT_FOLDERS, Path("/etc/fonts"), *(font.parent for font in own))
    read = {path for path in done.trace.read() if any(path.is_relative_to(folder) for folder in folders)}
    if "chinese.yaml" not in done.task.arguments:
        assert read == set()
        return
    assert own <= read
    here = [path for folder in FONT_FOLDERS for path in folder.rglob("*") if FONT.fullmatch(path.suffix)]
    assert not here or not read.isdisjoint(here)


BYTECODE = re.compile(r"__pycache__(/[^/]+\.pyc(\.\d+)?)?$")
"""Bytecode that Python caches; it is made from code alone."""


def test_python_writes_only_bytecode_without_answers(tmp_path: Path) -> None:
    need_strace()
    work, copy = prepared(tmp_path), tmp_path / "copy"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("questions", "pyproject.toml"):
        (copy / name).symlink_to(ROOT / name)
    done = run_traced(work, *IOP_FIT, *ASSESS, HOME=f"{tmp_path}/home", PYTHONPATH=str(copy / "src"))
    assert done.status == 0
    touched = {str(path) for path in done.trace.touched() if not str(path).startswith(STREAMS)}
    assert touched
    assert {path for path in touched if not BYTECODE.search(path)} == set()
    written = [path for path in copy.rglob("*") if path.suffix == ".pyc"]
    assert written
    assert [path for path in written if NOTE.encode() in path.read_bytes()] == []


def test_only_python_startup_looks_up_a_missing_home(tmp_path: Path) -> None:
    need_strace()
    python = run_traced(tmp_path, sys.executable, "-c", "", PYTHONDONTWRITEBYTECODE="1").trace
    ours = run_traced(tmp_path, *IOP_FIT, "hotlines", PYTHONDONTWRITEBYTECODE="1").trace
    assert [call.name for call in ours.network()] == [call.name for call in python.network()]
    assert all("AF_UNIX" in call.arguments for call in ours.network() if call.name in ("socket", "connect"))


NATIVE = """
import ctypes, mmap, subprocess
libc = ctypes.CDLL(None)
libc.socket(2, 1, 0)
libc.creat(b"by-native-code", 0o600)
with open("shared", "r+b") as file:
    mmap.mmap(file.fileno(), 0)
subprocess.run(["/bin/true"])
open("/etc/hosts").close()
libc.setpriority(0, 0, 0)
"""


def test_trace_includes_native_code(tmp_path: Path) -> None:
    need_strace()
    (tmp_path / "shared").write_text("shared")
    trace = run_traced(tmp_path, sys.executable, "-c", NATIVE, HOME=str(tmp_path), PYTHONDONTWRITEBYTECODE="1").trace
    assert [call.name for call in trace.network()] == ["socket"]
    assert {path for path in trace.touched() if path.parent == tmp_path} == {
        tmp_path / "by-native-code",
        tmp_path / "shared",
    }
    assert "/bin/true" in trace.started()[-1].arguments
    assert "/etc/hosts" in trace.name_look_ups()[0].arguments
    assert "setpriority" in {call.name for call in trace.unknown()}


@pytest.mark.parametrize("ci", ["", "true"], ids=["by hand", "in CI"])
def test_missing_strace_warns_or_fails_in_ci(monkeypatch: pytest.MonkeyPatch, ci: str) -> None:
    monkeypatch.setattr(tracing, "why_not", lambda: "strace is not installed")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("CI", ci)
    message = "THE PRIVACY OF THE WHOLE PROGRAM WAS NOT TESTED: strace is not installed"
    if ci:
        with pytest.raises(pytest.fail.Exception, match=message):
            need_strace()
    else:
        with pytest.warns(pytest.PytestWarning, match=message), pytest.raises(pytest.skip.Exception, match=message):
            need_strace()


# 2. Internal errors

BROKEN = """
import faulthandler, importlib, sys, threading

kind, module, name = sys.argv[1:4]
del sys.argv[1:4]

class PanicException(BaseException):
    "What native code in Rust raises."

kinds = {each.__name__: each for each in (ValueError, MemoryError, RecursionError, PanicException)}

def broken(*arguments, **named):
    note = "The blue heron knows it"
    try:
        raise KeyError(note)
    except KeyError as cause:
        error = kinds[kind](note, {"age": "adult"})
        error.add_note(note)
        raise error from cause

class Dying:
    def __del__(self):
        broken()

def dying(*arguments, **named):
    note = "The blue heron knows it"
    import atexit
    atexit.register(broken)
    Dying()
    raise ValueError(note)

def crashing(*arguments, **named):
    note = "The blue heron knows it"
    faulthandler._sigsegv()

other = {"dying": dying, "crashing": crashing}.get(kind, broken)
kinds["dying"] = ValueError
setattr(importlib.import_module(module), name, other)
from iop_fit.__main__ import main
main()
"""
"""Runs the command line with one function replaced by one that fails while it holds an answer."""
ASSESS = ("assess", "--answers", "me.yaml")
BREAKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reading the questions": ("iop_fit.cli.asking.load", ASSESS),
    "reading the answers": ("iop_fit.cli.asking.load_sheet", ASSESS),
    "deciding": ("iop_fit.domain.assess.decide", ASSESS),
    "rendering": ("iop_fit.report.formats.render", ASSESS),
    "the paper": ("typst.compile", (*ASSESS, "--export", "page.pdf")),
    "writing": ("os.fsync", (*ASSESS, "--export", "page.md")),
    "showing": ("iop_fit.cli.saved_results.show", ("show", "result.json")),
    "comparing": ("iop_fit.cli.saved_results.compare", ("compare", "result.json", "result.json")),
    "checking": ("iop_fit.cli.authoring.check", ("check", "faulty.yaml")),
}


def run_broken(
    work: Path, kind: str, where: str, *arguments: str, options: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    module, _, name = where.rpartition(".")
    command = [sys.executable, *options, "-c", BROKEN, kind, module, name, *arguments]
    return subprocess.run(command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def internal_error(kind: str) -> str:
    """Return a pattern for the message of an internal error: only its type and line."""
    return (
        rf"iop-fit hit an internal error at ([a-z_]+\.py:\d+|an unknown line) \({kind}\)\.\n"
        r"Please report this line\. It contains no answers\.\n"
    )


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared folder for commands that write no files."""
    return prepared(tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize("stage", BREAKS)
def test_internal_error_shows_no_answer(work: Path, stage: str) -> None:
    where, arguments = BREAKS[stage]
    ended = run_broken(work, "ValueError", where, *arguments)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(internal_error("ValueError"), ended.stderr)
    assert {path.name for path in work.iterdir()} == {*files()}


@pytest.mark.parametrize("kind", ["MemoryError", "RecursionError", "PanicException"])
def test_no_error_type_shows_an_answer(work: Path, kind: str) -> None:
    ended = run_broken(work, kind, "iop_fit.report.formats.render", *ASSESS)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(internal_error(kind), ended.stderr)


@pytest.mark.parametrize("options", [(), ("-X", "dev"), ("-W", "always")], ids=["as it is", "dev", "warnings"])
def test_error_during_exit_shows_no_answer(work: Path, options: tuple[str, ...]) -> None:
    ended = run_broken(work, "dying", "iop_fit.report.formats.render", *ASSESS, options=options)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(internal_error("ValueError"), ended.stderr)


def test_native_crash_shows_no_answer_and_no_core(work: Path) -> None:
    ended = run_broken(work, "crashing", "iop_fit.report.formats.render", *ASSESS, options=("-X", "faulthandler"))
    assert ended.returncode == -signal.SIGSEGV
    assert ended.stdout == ""
    assert "Segmentation fault" in ended.stderr
    assert "heron" not in ended.stderr
    assert {path.name for path in work.iterdir()} == {*files()}


INTERVIEW_BREAKS: dict[str, tuple[str, ...]] = {
    "iop_fit.interview.session.newly_raised": SHORT_ANSWERS[:1],
    "iop_fit.interview.export_prompt.ask_for_export": (*SHORT_ANSWERS, "g", "p"),
}
"""Input up to the call of the failing function."""
OFFER = "iop-fit can't finish. Save your answers and continue later?"


@pytest.mark.parametrize("stage", INTERVIEW_BREAKS)
@pytest.mark.parametrize("kind", ["ValueError", "PanicException"])
def test_interview_error_leaves_no_answer_on_screen(tmp_path: Path, stage: str, kind: str) -> None:
    """It first offers to save the answers, on a page that disappears."""
    module, _, name = stage.rpartition(".")
    work, main = prepared(tmp_path), ("-c", BROKEN, kind, module, name)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", columns=200, main=main) as terminal:
        terminal.prompted().type("g", *INTERVIEW_BREAKS[stage])
        assert OFFER in "\n".join(terminal.screen())
        terminal.last("1")
        assert terminal.end() == 70
        assert re.search(internal_error(kind) + r"\Z", terminal.normal() + "\n")
        for text in ("heron", "Traceback", OFFER):
            assert text not in terminal.normal()
    assert {path.name for path in work.iterdir()} == {*files()}


@pytest.mark.parametrize("kind", ["ValueError", "PanicException"])
def test_private_interview_error_offers_no_file(tmp_path: Path, kind: str) -> None:
    work, main = prepared(tmp_path), ("-c", BROKEN, kind, "iop_fit.interview.session", "newly_raised")
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private", columns=200, main=main) as terminal:
        terminal.prompted().type("g").last(SHORT_ANSWERS[0])
        assert terminal.end() == 70
        assert re.fullmatch(internal_error(kind), f"{terminal.normal()}\n")
        assert OFFER not in terminal.transcript()
    assert {path.name for path in work.iterdir()} == {*files()}


# 3. Visible to other processes


def visible(pid: int) -> dict[str, str]:
    """Return what another process can read: name, arguments, environment, children and threads."""
    process = Path(f"/proc/{pid}")
    texts = {name: (process / name).read_bytes().decode(errors="replace") for name in ("comm", "cmdline", "environ")}
    children = " ".join(each.read_text() for each in process.glob("task/*/children"))
    return {**texts, "children": children, "threads": str(len(list((process / "task").iterdir())))}


linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")


@linux
def test_process_list_and_environment_show_no_answer(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--save", "draft.json") as terminal:
        before = visible(terminal.prompted().pid)
        terminal.type("g", *SHORT_ANSWERS, "g", "p", "page.md", "0", NOTE)
        after = visible(terminal.pid)
        opened = {str(each.readlink()) for each in Path(f"/proc/{terminal.pid}/fd").iterdir()}
    assert after == before
    assert (after["children"], after["threads"]) == ("", "1")
    assert "heron" not in str(after)
    assert {path for path in opened if path.startswith("/") and not path.startswith(STREAMS)} <= {
        str(work / "draft.json")
    }
    assert "heron" in (work / "draft.json").read_text()


@linux
def test_core_dumps_are_disabled(tmp_path: Path) -> None:
    """Even if the limit was raised before, as far as possible here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        terminal = Terminal(tmp_path, "--for", "me")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    with terminal:
        assert resource.prlimit(terminal.prompted().pid, resource.RLIMIT_CORE) == (0, 0)


def test_core_dumps_are_disabled_before_reading(tmp_path: Path) -> None:
    """Whatever the limit was before."""
    need_strace()
    calls = run_traced(prepared(tmp_path), *IOP_FIT, "assess", "--answers", "me.yaml", all_calls=True).trace.calls
    asked = [place for place, call in enumerate(calls) if "RLIMIT_CORE, {rlim_cur=0, rlim_max=0}" in call.arguments]
    read = [place for place, call in enumerate(calls) if call.name in tracing.OPENS and "me.yaml" in call.result]
    assert asked
    assert read
    assert asked[0] < read[0]


# 4. File permissions


def test_every_written_file_has_mode_0600(done: TracedTask) -> None:
    written = [path for path in done.folder.iterdir() if path.name in done.task.asked]
    assert [path for path in written if stat.S_IMODE(path.stat().st_mode) != 0o600] == []


def test_files_have_mode_0600_under_umask_0777(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    for task in ("assess, six formats", "show, replacing", "compare", "check", "new"):
        arguments = [each for each in TASKS[task].arguments if not each.endswith(".pdf")]
        ended = subprocess.run([*IOP_FIT, *arguments], cwd=work, umask=0o777, capture_output=True, check=False)
        assert ended.returncode == TASKS[task].status, ended.stderr
    with umask(0o777):
        terminal = Terminal(work, "--for", "me", "--questions", "short.yaml", "--save", "draft.json")
    with terminal:
        terminal.prompted().type("g", *SHORT_ANSWERS)
    written = {path.name: stat.S_IMODE(path.stat().st_mode) for path in work.iterdir() if path.name not in UNWRITTEN}
    pages = {"witness.yaml", "mine.yaml", "draft.json", *PAGES, *SHOWN, *COMPARED}
    assert written == {name: 0o600 for name in pages if not name.endswith(".pdf")}


@pytest.mark.parametrize("mask", [0o022, 0o077], ids=oct)
def test_files_have_mode_0600_under_common_umasks(tmp_path: Path, mask: int) -> None:
    (tmp_path / "me.yaml").write_text(files()["me.yaml"])
    (tmp_path / "page.md").write_text("old")
    command = [*IOP_FIT, *ASSESS, *exports("page.md", "page.json"), "--force"]
    subprocess.run(command, cwd=tmp_path, umask=mask, capture_output=True, check=True)
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("page.md", "page.json")} == {0o600}


UNWRITTEN = {*files()} - {"old.md"}


# 5. Traces on the terminal


LEAVING: dict[str, tuple[Callable[[Terminal], object], int]] = {
    "q": (lambda terminal: terminal.type("q").last("1"), 0),
    "x": (lambda terminal: terminal.last("x"), 0),
    "Ctrl-C": (lambda terminal: terminal.send("\x03"), 130),
    "end of input": (lambda terminal: terminal.send("\x04"), 3),
    "asked to end": (lambda terminal: terminal.send("").stop(signal.SIGTERM), 143),
    "hang-up": (lambda terminal: terminal.send("").stop(signal.SIGHUP), 129),
}
ALLOWED = (
    "Nothing was saved.",
    f"For phone numbers at any time: {restarted('hotlines')}",
    "The input ended before the last question, so nothing was scored.",
    f"Run `{restarted('assess')}` in a terminal, or read the answers from a file with --answers FILE.",
)
"""The only lines allowed on the terminal after a private interview."""


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("page", ["a question", "the result"])
def test_private_leaves_no_answer_on_the_terminal(tmp_path: Path, way: str, page: str) -> None:
    work = prepared(tmp_path)
    leave, status = LEAVING[way]
    shown = {"a question": SHORT_ANSWERS[:3], "the result": (*SHORT_ANSWERS, "g")}
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private", columns=300) as terminal:
        terminal.prompted().type("g", *shown[page])
        if page == "the result" and way in ("q", "end of input"):
            terminal.send("q\r" if way == "q" else "\x04")
            status = 0
        else:
            leave(terminal)
        assert terminal.end() == status
        for left in (terminal.normal(), terminal.on_one_screen()):
            lines = [line.strip() for line in left.split("\n") if line.strip()]
            assert [line for line in lines if line not in ALLOWED] == []
        assert not terminal.on_alternate()
    assert {path.name for path in work.iterdir()} == {*files()}


def test_private_offers_no_file(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private") as terminal:
        terminal.prompted().type("g", SHORT_ANSWERS[0], "g", "q")
        assert "save" not in "\n".join(terminal.screen())
        terminal.type("2").type("g", *SHORT_ANSWERS[2:], "g")
        assert "page for the provider" not in terminal.transcript()
        terminal.last("q")
        assert terminal.end() == 0


MARKS = re.compile(r"\x1b\[\?2004[hl]")
"""Have pasted text marked."""
SEQUENCES = re.compile(r"\x1b\[(\?1049[hl]|H|2K|3J|K|[0-9]+[ABG]|[0-9;]*m)")
"""Alternate screen, clearing, the place of the cursor, and color: no title, clipboard or terminal queries."""


@pytest.mark.parametrize("mode", [(), ("--plain",)], ids=["rich", "plain"])
@pytest.mark.parametrize("last", ["q", "x"])
def test_terminal_gets_only_a_few_escape_sequences(tmp_path: Path, last: str, mode: tuple[str, ...]) -> None:
    """In plain mode, only those that mark pasted text; no other control characters except line ends."""
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", *mode) as terminal:
        terminal.prompted().type("g", *SHORT_ANSWERS, "g").last(last)
        assert terminal.end() == 0
        sent = MARKS.sub("", terminal.raw.decode().replace("\r\n", "\n"))
    assert bool(SEQUENCES.search(sent)) is not bool(mode)
    assert UNRULY.findall(SEQUENCES.sub("", sent)) == []
