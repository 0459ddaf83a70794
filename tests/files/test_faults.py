"""Whatever goes wrong at whatever moment: the old file or the whole new one, nothing beside it, a clear end."""

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
"""Whether every command meets every fault at every step; in CI, the slower ones meet some of them."""
OLD = b"old\n"


class Write(NamedTuple):
    """Something that writes files."""

    act: Callable[..., object]
    before: dict[str, bytes]
    """The files that are there before."""


def keeping(questionnaire: Questionnaire, count: int) -> AnswerSheet:
    return calm_sheet(questionnaire).only(list(questionnaire.questions)[:count])


def keep(questionnaire: Questionnaire) -> Callable[..., object]:
    """Keep the answers to three questions in a draft."""

    def act(**_: object) -> None:
        problem = Draft(questionnaire, Path("draft.json")).save(keeping(questionnaire, 3))
        if problem:
            raise IopFitError([problem])

    return act


@pytest.fixture(scope="module")
def writes(questionnaire: Questionnaire) -> dict[str, Write]:
    assess = ("assess", "--answers", EXAMPLE, "--format", "json", "--export", "page.md")
    draft = dump_sheet(keeping(questionnaire, 2), questionnaire).encode()
    result = iop_fit.export(iop_fit.assess(questionnaire, calm_sheet(questionnaire), on=DAY), "json")
    return {
        "draft": Write(keep(questionnaire), {}),
        "draft again": Write(keep(questionnaire), {"draft.json": draft}),
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
    telling = {("fsync", False), ("link", True), ("replace", False)}
    return [step for step in all_steps(calls) if everyone or (step.name, step.after) in telling]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def laid(folder: Path, before: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, content in before.items():
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(("name", "fault"), MATRIX)
def test_a_fault_at_any_step_of_a_write_leaves_the_old_file_or_the_whole_new_one(
    writes: dict[str, Write], tmp_path: Path, name: str, fault: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    act, before = writes[name]
    laid(folder, before)
    smooth = run(folder, act)
    assert smooth.status == 0, smooth.said
    after = files_in(folder)
    assert len(smooth.calls) >= 7
    for step in steps(smooth.calls, everyone=FULL or name in FAST):
        laid(folder, before)
        ended = run(folder, act, step, FAULTS[fault])
        where = f"{fault} {step}: {ended}"
        assert not ended.hung, where
        assert "Traceback" not in ended.said, where
        found = files_in(folder)
        for each in {*before, *after}:
            assert found.pop(each, None) in (before.get(each), after[each]), where
        if found and fault in KILLED:
            assert_only_a_whole_neighbor_is_left_for_the_next_write(folder, found, after, act, step)
        else:
            assert found == {}, where
        assert_the_end_is_told(ended, fault, folder, after, where)


def assert_only_a_whole_neighbor_is_left_for_the_next_write(
    folder: Path, found: dict[str, bytes], after: dict[str, bytes], act: Callable[..., object], step: Step
) -> None:
    """A file can't take the place of another without a name of its own, for the moment between two calls."""
    assert (step.name, step.after) in {("link", True), ("replace", False)}
    ((name, content),) = found.items()
    assert re.fullmatch(r"\.iop-fit-[0-9a-f]{16}-[0-9]+", name)
    assert content in after.values()
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert run(folder, act).status == 0
    assert name not in files_in(folder)


def assert_the_end_is_told(ended: Ended, fault: str, folder: Path, after: dict[str, bytes], where: str) -> None:
    if fault in SIGNALS:
        assert ended.status == 128 + signal.Signals[fault], where
    elif fault in KILLED:
        assert ended.status == -signal.SIGKILL, where
    else:
        assert ended.status in (0, 4), where
        assert ended.status == 0 or re.search(r"can't be written|already exists|could not be saved", ended.said), where
        assert ended.status == 4 or {**after} == files_in(folder), where
    for name in re.findall(r"Written: (\S+)", ended.said):
        assert (folder / name).read_bytes() == after[name], where


class Signalled:
    """Sends a signal while a class is built, where Python makes a `RuntimeError` of whatever is raised."""

    def __set_name__(self, *_: object) -> None:
        SIGNALS["SIGHUP"]()


def test_a_signal_while_a_class_is_built_is_no_mistake_of_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run(folder, lambda **_: type("Built", (), {"name": Signalled()}))[:2] == (129, "")
