"""What the whole program does outside itself, seen from outside: by strace, in /proc, in files and on the terminal."""

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
from support import DAY, ROOT
from support import traced as tracing
from support.hostile import UNRULY
from support.terminals import Terminal
from support.traced import Trace, need_strace, run_traced, tracer

IOP_FIT = (sys.executable, "-m", "iop_fit")
EXAMPLE = ROOT / "examples" / "everyday-drinking.yaml"
NOTE = "The blue heron knows it"
"""An answer in somebody's own words; it must be found nowhere but in what was asked for."""
CHINESE = "不要告诉任何人"
FORMATS = ("pdf", "html", "md", "txt", "json", "fhir.json")


# 1. Under strace


class Did(NamedTuple):
    """What a command did, and what it was asked to do."""

    trace: Trace
    status: int
    folder: Path
    task: "Task"

    def strays(self) -> list[Path]:
        """What it touched although nobody asked for it."""
        return sorted(path for path in self.trace.touched() if not self._was_asked_for(path))

    def _was_asked_for(self, path: Path) -> bool:
        asked = self.task.asked
        if path.parent == self.folder:
            return path.name in asked or (bool(asked) and path.name.startswith(BESIDE))
        return str(path).startswith(STREAMS)


BESIDE = (".iop-fit-", "#")
"""How a file is called while it is written, beside the one that was asked for; `#`: it has no name yet."""
STREAMS = ("/dev/pts/", "/dev/null", "/dev/tty")


def answers_with(note: str) -> str:
    return EXAMPLE.read_text().partition("\nexpect:")[0].replace("note: {skipped: does-not-apply}", f"note: {note}")


def exports(*names: str) -> list[str]:
    return [f"--export={name}" for name in names]


class Task(NamedTuple):
    """What is traced."""

    arguments: list[str]
    asked: tuple[str, ...] = ()
    """The files that it was asked to write."""
    gone: tuple[str, ...] = ()
    """Those of them that are not there in the end."""
    status: int = 0
    read: str = ""
    """The file on standard input."""
    typed: tuple[str, ...] = ()
    """What is typed in an interview, each line at a prompt."""

    @property
    def command(self) -> str:
        """The command of the program; an interview is one of `assess`."""
        return "assess" if self.typed else self.arguments[0]


SHORT_ANSWERS = ("2", "g", "1", "0", "1", "0", "1")
"""What is typed at a short questionnaire, up to the note; its second option raises an alert at the first question."""
ALL_TYPED = ("g", *SHORT_ANSWERS, NOTE)
PAGES = tuple(f"page.{end}" for end in FORMATS)
SHOWN, COMPARED = ("again.pdf", "old.md"), ("new.pdf", "new.txt")
TASKS: dict[str, Task] = {
    "assess, six formats": Task(["assess", "--answers", "me.yaml", *exports(*PAGES)], PAGES),
    "assess, fonts of here": Task(["assess", "--answers", "chinese.yaml", *exports("page.pdf")], ("page.pdf",)),
    "assess, problems": Task(["assess", "--answers", "broken.yaml", *exports("page.md")], status=4),
    "show, replacing": Task(["show", "result.json", *exports(*SHOWN), "--force"], SHOWN),
    "compare": Task(["compare", "result.json", "result.json", *exports(*COMPARED)], COMPARED),
    "check": Task(["check", "faulty.yaml", "--witness", "witness.yaml"], ("witness.yaml",), status=1),
    "check, JSON": Task(["check", "short.yaml", "--format", "json"], status=1),
    "new": Task(["new", "mine.yaml"], ("mine.yaml",)),
    "schema": Task(["schema"]),
    "questions": Task(["questions"]),
    "questions, JSON": Task(["questions", "--format", "json"]),
    "questions, blank": Task(["questions", "--blank"]),
    "hotlines": Task(["hotlines"]),
    "assess, standard input": Task(["assess", "--answers", "-"], read="me.yaml"),
    "interview, saved, a page": Task(
        ["--for", "me", "--save", "draft.json"],
        ("draft.json", "page.pdf"),
        typed=(*ALL_TYPED, "g", "2", "~nobody/page.pdf", "page.pdf", "0"),  # whose home that is, nobody asks
    ),
    "interview, left with x": Task(
        ["--for", "me", "--save", "draft.json"], ("draft.json",), gone=("draft.json",), typed=(*ALL_TYPED, "x")
    ),
    "interview, private": Task(["--for", "me", "--private"], typed=(*ALL_TYPED, "g", "q")),
    "interview, plain": Task(["--for", "me", "--plain"], typed=("g", *SHORT_ANSWERS[:3], "q", "1")),
    "interview, resumed": Task(["--resume", "begun.json"], ("begun.json",), typed=("g", *SHORT_ANSWERS[2:4], "q")),
}


def did(name: str, folder: Path, *, all_calls: bool = False) -> Did:
    """Run one of the tasks under strace, in a folder with some files and with an empty home."""
    task, work, home = TASKS[name], prepared(folder), f"{folder}/home"
    known = {"HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TMPDIR": f"{home}/tmp", "PYTHONDONTWRITEBYTECODE": "1"}
    with umask(0):  # which takes no right from anybody
        if task.typed:
            status = interviewed(task, work, before=tracer(folder / "logs", all_calls=all_calls), **known)
            return Did(tracing.traced(folder / "logs", work), status, work, task)
        read = work / task.read if task.read else None
        done = run_traced(work, *IOP_FIT, *task.arguments, read=read, all_calls=all_calls, **known)
        return Did(done.trace, done.status, work, task)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


HOME_FONTS = (".fonts/mine.ttf", ".local/share/fonts/mine.ttf")
"""Where somebody's own fonts are looked for; no font stands there, but that shows only when it is read."""
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
    """What stands in the folder before; a result among it."""
    questionnaire = iop_fit.load()
    sheet = iop_fit.load_answers(EXAMPLE, questionnaire).with_answer("note", Written(NOTE))
    return {
        "me.yaml": answers_with(NOTE),
        "chinese.yaml": answers_with(CHINESE),
        "broken.yaml": answers_with(NOTE).replace("age: adult", "age: ancient"),
        "result.json": iop_fit.render(iop_fit.assess(questionnaire, sheet, on=DAY), "json"),
        "old.md": "old",
        "short.yaml": SHORT,
        "faulty.yaml": SHORT.replace("when: {ending-life: {at least: wished}}", UNREACHED),
        "begun.json": BEGUN,
    }


SHORT = (
    (ROOT / "src" / "iop_fit" / "cli" / "starter.yaml")
    .read_text()
    .replace(
        """
# An alert is shown the moment""",
        """      - id: note
        kind: note
        ask: Anything else?
        ask about someone: Anything else?
        why: Own words say most.
        dimension: 6

# An alert is shown the moment""",
    )
)
"""A questionnaire that is answered in a moment; its second option to the first question raises an alert."""
UNREACHED = "when: {ending-life: {at least: wished}, can-wait: {at least: hardly}, call: {at least: nobody}}"
"""Instead of one answer for an alert, three: then some sheets miss it, and `check` shows one."""
BEGUN = json.dumps({"questionnaire": "between-visits", "for": "me", "answers": {"ending-life": "wished"}})
"""A draft of it."""


def interviewed(task: Task, work: Path, *, before: tuple[str, ...], **known: str) -> int:
    short = ("--questions", "short.yaml")
    with Terminal(work, *short, *task.arguments, before=before, **known) as terminal:  # type: ignore[arg-type]
        *most, last = task.typed
        terminal.prompted().type(*most).last(last)
        return terminal.end()


def test_every_command_is_traced() -> None:
    commands = {command.name for command in app.registered_commands}
    assert {task.command for task in TASKS.values()} == commands


@pytest.fixture(scope="module", params=TASKS)
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Did:
    need_strace()
    return did(request.param, tmp_path_factory.mktemp("traced"))


def test_no_command_reaches_a_network_or_another_program(done: Did) -> None:
    assert done.trace.network() == []


def test_no_command_looks_up_a_name(done: Did) -> None:
    assert done.trace.name_look_ups() == []


def test_no_command_starts_another_one(done: Did) -> None:
    assert done.trace.started() == []


def test_no_command_touches_a_file_that_was_not_asked_for(done: Did) -> None:
    assert done.strays() == []


def test_no_command_does_what_these_tests_do_not_know(done: Did) -> None:
    assert done.trace.unknown() == []


def test_commands_leave_what_was_asked_for_and_nothing_else(done: Did) -> None:
    """No other file in the folder, and in the home no cache of fonts or of anything else."""
    assert done.status == done.task.status
    wanted = {*files(), *done.task.asked} - {*done.task.gone}
    assert {path.name for path in done.folder.iterdir()} == wanted
    home = done.folder.parent / "home"
    found = {path for path in home.rglob("*") if path.is_file() or not any(path.iterdir())}
    assert {path.relative_to(home).as_posix() for path in found} == {*HOME}


def test_a_command_that_was_asked_for_no_file_opens_none_for_writing(done: Did) -> None:
    """Nor does `--private`: not even a file without a name."""
    assert done.task.asked or done.trace.opened_for_writing() == []


FONT = re.compile(r"\.(ttf|ttc|otf|otc)", re.IGNORECASE)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def test_fonts_of_this_computer_are_read_only_where_a_note_needs_them(done: Did) -> None:
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
"""What Python itself writes: code, translated, so that the next start is faster. It is made from code alone."""


def test_bytecode_is_all_that_python_writes_by_itself_and_holds_no_answer(tmp_path: Path) -> None:
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


def test_without_a_home_python_asks_for_one_as_it_starts_and_nothing_else_does(tmp_path: Path) -> None:
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


def test_strace_sees_what_native_code_does(tmp_path: Path) -> None:
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
def test_where_strace_is_missing_the_tests_say_so_loudly(monkeypatch: pytest.MonkeyPatch, ci: str) -> None:
    monkeypatch.setattr(tracing, "why_not", lambda: "strace is not installed")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("CI", ci)
    said = "THE PRIVACY OF THE WHOLE PROGRAM WAS NOT TESTED: strace is not installed"
    if ci:
        with pytest.raises(pytest.fail.Exception, match=said):
            need_strace()
    else:
        with pytest.warns(pytest.PytestWarning, match=said), pytest.raises(pytest.skip.Exception, match=said):
            need_strace()


# 2. When the program itself goes wrong

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
"""Runs the command line with one function of it replaced by one that fails while it holds an answer."""
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


def told(kind: str) -> str:
    """What an unexpected error says: its type and our line, and nothing more."""
    return (
        rf"iop-fit hit an internal error at ([a-z_]+\.py:\d+|an unknown line) \({kind}\)\.\n"
        r"Please report this line\. It contains no answers\.\n"
    )


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some files, for commands that write none."""
    return prepared(tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize("stage", BREAKS)
def test_a_mistake_in_the_program_shows_no_answer_at_any_stage(work: Path, stage: str) -> None:
    where, arguments = BREAKS[stage]
    ended = run_broken(work, "ValueError", where, *arguments)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(told("ValueError"), ended.stderr)
    assert {path.name for path in work.iterdir()} == {*files()}


@pytest.mark.parametrize("kind", ["MemoryError", "RecursionError", "PanicException"])
def test_no_kind_of_error_shows_an_answer(work: Path, kind: str) -> None:
    ended = run_broken(work, kind, "iop_fit.report.formats.render", *ASSESS)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(told(kind), ended.stderr)


@pytest.mark.parametrize("options", [(), ("-X", "dev"), ("-W", "always")], ids=["as it is", "dev", "warnings"])
def test_what_goes_wrong_while_the_program_ends_shows_no_answer(work: Path, options: tuple[str, ...]) -> None:
    ended = run_broken(work, "dying", "iop_fit.report.formats.render", *ASSESS, options=options)
    assert (ended.returncode, ended.stdout) == (70, "")
    assert re.fullmatch(told("ValueError"), ended.stderr)


def test_a_crash_of_native_code_shows_no_answer_and_leaves_no_image_of_the_memory(work: Path) -> None:
    ended = run_broken(work, "crashing", "iop_fit.report.formats.render", *ASSESS, options=("-X", "faulthandler"))
    assert ended.returncode == -signal.SIGSEGV
    assert ended.stdout == ""
    assert "Segmentation fault" in ended.stderr
    assert "heron" not in ended.stderr
    assert {path.name for path in work.iterdir()} == {*files()}


INTERVIEW_BREAKS: dict[str, tuple[str, ...]] = {
    "iop_fit.interview.session.newly_raised": SHORT_ANSWERS[:1],
    "iop_fit.interview.export_prompt.ask_for_export": (*SHORT_ANSWERS, NOTE, "g"),
}
"""What is typed until the function is called that fails."""
OFFER = "Can't finish. Save the answers to continue later?"


@pytest.mark.parametrize("stage", INTERVIEW_BREAKS)
@pytest.mark.parametrize("kind", ["ValueError", "PanicException"])
def test_a_mistake_in_the_interview_shows_no_answer_where_it_stays(tmp_path: Path, stage: str, kind: str) -> None:
    """It offers to save the answers first, on a page that does not stay."""
    module, _, name = stage.rpartition(".")
    work, main = prepared(tmp_path), ("-c", BROKEN, kind, module, name)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", columns=200, main=main) as terminal:
        terminal.prompted().type("g", *INTERVIEW_BREAKS[stage])
        assert OFFER in "\n".join(terminal.screen())
        terminal.last("1")
        assert terminal.end() == 70
        assert re.search(told(kind) + r"\Z", terminal.normal() + "\n")
        for said in ("heron", "Traceback", OFFER):
            assert said not in terminal.normal()
    assert {path.name for path in work.iterdir()} == {*files()}


@pytest.mark.parametrize("kind", ["ValueError", "PanicException"])
def test_a_mistake_in_a_private_interview_shows_no_answer_and_offers_no_file(tmp_path: Path, kind: str) -> None:
    work, main = prepared(tmp_path), ("-c", BROKEN, kind, "iop_fit.interview.session", "newly_raised")
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private", columns=200, main=main) as terminal:
        terminal.prompted().type("g").last(SHORT_ANSWERS[0])
        assert terminal.end() == 70
        assert re.fullmatch(told(kind), f"{terminal.normal()}\n")
        assert OFFER not in terminal.transcript()
    assert {path.name for path in work.iterdir()} == {*files()}


# 3. Seen by others while it runs


def seen(pid: int) -> dict[str, str]:
    """What another program may read of a process: its name, arguments and environment, and its children."""
    process = Path(f"/proc/{pid}")
    texts = {name: (process / name).read_bytes().decode(errors="replace") for name in ("comm", "cmdline", "environ")}
    children = " ".join(each.read_text() for each in process.glob("task/*/children"))
    return {**texts, "children": children, "threads": str(len(list((process / "task").iterdir())))}


linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc here")


@linux
def test_the_process_list_and_the_environment_show_no_answer(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--save", "draft.json") as terminal:
        before = seen(terminal.prompted().pid)
        terminal.type("g", *SHORT_ANSWERS, NOTE)
        after = seen(terminal.pid)
        opened = {str(each.readlink()) for each in Path(f"/proc/{terminal.pid}/fd").iterdir()}
    assert after == before
    assert (after["children"], after["threads"]) == ("", "1")
    assert "heron" not in str(after)
    assert {path for path in opened if path.startswith("/") and not path.startswith(STREAMS)} <= {
        str(work / "draft.json")
    }
    assert "heron" in (work / "draft.json").read_text()


@linux
def test_no_crash_can_leave_the_memory_in_a_file(tmp_path: Path) -> None:
    """Even where it was allowed before, as far as that can be allowed here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        terminal = Terminal(tmp_path, "--for", "me")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    with terminal:
        assert resource.prlimit(terminal.prompted().pid, resource.RLIMIT_CORE) == (0, 0)


def test_the_system_is_asked_to_keep_no_memory_before_answers_are_read(tmp_path: Path) -> None:
    """Whatever was allowed before."""
    need_strace()
    calls = run_traced(prepared(tmp_path), *IOP_FIT, "assess", "--answers", "me.yaml", all_calls=True).trace.calls
    asked = [place for place, call in enumerate(calls) if "RLIMIT_CORE, {rlim_cur=0, rlim_max=0}" in call.arguments]
    read = [place for place, call in enumerate(calls) if call.name in tracing.OPENS and "me.yaml" in call.result]
    assert asked
    assert read
    assert asked[0] < read[0]


# 4. Who can read the files


def test_every_file_that_is_written_is_for_its_owner_alone(done: Did) -> None:
    written = [path for path in done.folder.iterdir() if path.name in done.task.asked]
    assert [path for path in written if stat.S_IMODE(path.stat().st_mode) != 0o600] == []


def test_files_are_for_their_owner_alone_under_a_umask_that_takes_every_right(tmp_path: Path) -> None:
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
def test_files_are_for_their_owner_alone_under_common_umasks(tmp_path: Path, mask: int) -> None:
    (tmp_path / "me.yaml").write_text(files()["me.yaml"])
    (tmp_path / "page.md").write_text("old")
    command = [*IOP_FIT, *ASSESS, *exports("page.md", "page.json"), "--force"]
    subprocess.run(command, cwd=tmp_path, umask=mask, capture_output=True, check=True)
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("page.md", "page.json")} == {0o600}


UNWRITTEN = {*files()} - {"old.md"}


# 5. What stays on the terminal


LEAVING: dict[str, tuple[Callable[[Terminal], object], int]] = {
    "q": (lambda terminal: terminal.type("q").last("1"), 0),
    "x": (lambda terminal: terminal.last("x"), 0),
    "Ctrl-C": (lambda terminal: terminal.send("\x03"), 130),
    "end of input": (lambda terminal: terminal.send("\x04"), 3),
    "asked to end": (lambda terminal: terminal.send("").stop(signal.SIGTERM), 143),
    "hang-up": (lambda terminal: terminal.send("").stop(signal.SIGHUP), 129),
}
SAID = (
    "Nothing was scored or saved.",
    "For numbers at any time: iop-fit hotlines",
    "The input ended before the last question, so nothing was scored.",
    "Run `iop-fit assess` in a terminal, or read the answers from a file with --answers FILE.",
)
"""All that may stand on the terminal when a private interview was left: nothing of any answer."""


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("page", ["a question", "the result"])
def test_private_leaves_nothing_of_any_answer_on_the_terminal(tmp_path: Path, way: str, page: str) -> None:
    work = prepared(tmp_path)
    leave, status = LEAVING[way]
    shown = {"a question": SHORT_ANSWERS[:3], "the result": (*SHORT_ANSWERS, NOTE, "g")}
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private") as terminal:
        terminal.prompted().type("g", *shown[page])
        if page == "the result" and way in ("q", "end of input"):
            terminal.send("q\r" if way == "q" else "\x04")
            status = 0
        else:
            leave(terminal)
        assert terminal.end() == status
        for left in (terminal.normal(), terminal.on_one_screen()):
            lines = [line.strip() for line in left.split("\n") if line.strip()]
            assert [line for line in lines if line not in SAID] == []
        assert not terminal.on_alternate()
    assert {path.name for path in work.iterdir()} == {*files()}


def test_private_offers_no_file(tmp_path: Path) -> None:
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", "--private") as terminal:
        terminal.prompted().type("g", SHORT_ANSWERS[0], "g", "q")
        assert "save" not in "\n".join(terminal.screen())
        terminal.type("2").type("g", *SHORT_ANSWERS[2:], NOTE, "g")
        assert "page for the provider" not in terminal.transcript()
        terminal.last("q")
        assert terminal.end() == 0


SEQUENCES = re.compile(r"\x1b\[(\?1049[hl]|H|2K|3J|[0-9;]*m)")
"""Switch to the other screen and back, clear, color: no title, no clipboard, no report back."""


@pytest.mark.parametrize("mode", [(), ("--plain",)], ids=["rich", "plain"])
@pytest.mark.parametrize("last", ["q", "x"])
def test_only_a_few_escape_sequences_are_sent_to_the_terminal(tmp_path: Path, last: str, mode: tuple[str, ...]) -> None:
    """None at all in plain lines; and besides them no control character but the end of a line, nor of the C1 set."""
    work = prepared(tmp_path)
    with Terminal(work, "--for", "me", "--questions", "short.yaml", *mode) as terminal:
        terminal.prompted().type("g", *SHORT_ANSWERS, NOTE, "g").last("1" if last == "q" else last)
        assert terminal.end() == 0
        sent = terminal.raw.decode().replace("\r\n", "\n")
    assert bool(SEQUENCES.search(sent)) is not bool(mode)
    assert UNRULY.findall(SEQUENCES.sub("", sent)) == []
