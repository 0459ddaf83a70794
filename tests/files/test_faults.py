"""Faults at every step of a write: the old or the complete new file, no other files, a clear exit."""

import os
import re
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.storage.drafts import Draft
from support import DAY, ROOT
from support.faults import ERRORS, KILLED, SIGNALS, Ended, Step, all_steps, command, run
from support.scripted import calm_sheet

EXAMPLE = str(ROOT / "examples" / "steady-home.yaml")
FULL = os.environ.get("IOP_FIT_FAULTS") == "all"
"""Whether to test every fault at every step of every command; by default, slow commands get only some."""
OLD = b"old\n"


class Write(NamedTuple):
    """An operation that writes files."""

    act: Callable[..., object]
    before: dict[str, bytes]
    """The existing files."""


def sheet_with(questionnaire: Questionnaire, count: int) -> AnswerSheet:
    return calm_sheet(questionnaire).only(list(questionnaire.questions)[:count])


def save_draft(questionnaire: Questionnaire) -> Callable[..., object]:
    """Return an operation that saves three answers to a draft."""

    def act(**_: object) -> None:
        problem = Draft(questionnaire, Path("draft.json")).save(sheet_with(questionnaire, 3))
        if problem:
            raise IopFitError([problem])

    return act


@pytest.fixture(scope="module")
def writes(questionnaire: Questionnaire) -> dict[str, Write]:
    assess = ("assess", "--answers", EXAMPLE, "--format", "json", "--export", "page.md")
    draft = dump_sheet(sheet_with(questionnaire, 2), questionnaire).encode()
    result = iop_fit.export(iop_fit.assess(questionnaire, calm_sheet(questionnaire), on=DAY), "json")
    return {
        "draft": Write(save_draft(questionnaire), {}),
        "draft again": Write(save_draft(questionnaire), {"draft.json": draft}),
        "export": Write(command(*assess), {}),
        "export over another": Write(command(*assess, "--force"), {"page.md": OLD}),
        "two exports": Write(command(*assess, "--export", "page.txt", "--force"), {"page.txt": OLD}),
        "show": Write(
            command("show", "result.json", "--format", "json", "--export", "page.md"), {"result.json": result}
        ),
        "new": Write(command("new", "mine.yaml"), {}),
    }


FAULTS = {**SIGNALS, **KILLED, **ERRORS}
FAST = ("draft", "draft again")
SOME = ("SIGTERM", "SIGKILL", "ENOSPC")
MATRIX = [
    (name, fault)
    for name in ("draft", "draft again", "export", "export over another", "two exports", "show", "new")
    for fault in FAULTS
    if name in FAST or FULL or fault in SOME
]


def steps(calls: tuple[str, ...], *, everyone: bool) -> list[Step]:
    critical = {("fsync", False), ("link", True), ("replace", False)}
    return [step for step in all_steps(calls) if everyone or (step.name, step.after) in critical]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def reset(folder: Path, before: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, content in before.items():
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(("name", "fault"), MATRIX)
def test_fault_leaves_old_or_complete_new_file(writes: dict[str, Write], tmp_path: Path, name: str, fault: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    act, before = writes[name]
    reset(folder, before)
    clean = run(folder, act)
    assert clean.status == 0, clean.output
    after = files_in(folder)
    assert len(clean.calls) >= 7
    for step in steps(clean.calls, everyone=FULL or name in FAST):
        reset(folder, before)
        ended = run(folder, act, step, FAULTS[fault])
        where = f"{fault} {step}: {ended}"
        assert not ended.hung, where
        assert "Traceback" not in ended.output, where
        found = files_in(folder)
        for each in {*before, *after}:
            assert found.pop(each, None) in (before.get(each), after[each]), where
        if found and fault in KILLED:
            assert_only_a_complete_temp_file_is_left(folder, found, after, act, step)
        else:
            assert found == {}, where
        assert_exit_is_reported(ended, fault, folder, after, where)


def assert_only_a_complete_temp_file_is_left(
    folder: Path, found: dict[str, bytes], after: dict[str, bytes], act: Callable[..., object], step: Step
) -> None:
    """Replacing a file needs a named temporary file between two system calls."""
    assert (step.name, step.after) in {("link", True), ("replace", False)}
    ((name, content),) = found.items()
    assert re.fullmatch(r"\.iop-fit-[0-9a-f]{16}-[0-9]+", name)
    assert content in after.values()
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert run(folder, act).status == 0
    assert name not in files_in(folder)


def assert_exit_is_reported(ended: Ended, fault: str, folder: Path, after: dict[str, bytes], where: str) -> None:
    if fault in SIGNALS:
        assert ended.status == 128 + signal.Signals[fault], where
    elif fault in KILLED:
        assert ended.status == -signal.SIGKILL, where
    else:
        assert ended.status in (0, 4), where
        assert ended.status == 0 or re.search(r"can't be written|already exists|could not be saved", ended.output), (
            where
        )
        assert ended.status == 4 or {**after} == files_in(folder), where
    for name in re.findall(r"Written: (\S+)", ended.output):
        assert (folder / name).read_bytes() == after[name], where


class Signalled:
    """Sends a signal during class creation, where older Python versions wrap exceptions in `RuntimeError`."""

    def __set_name__(self, *_: object) -> None:
        SIGNALS["SIGHUP"]()


def test_signal_in_class_body_is_not_an_internal_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run(folder, lambda **_: type("Built", (), {"name": Signalled()}))[:2] == (129, "")
