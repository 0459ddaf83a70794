"""Growth with the size of a questionnaire: first with its questions, then with its rules alone."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.commands import BARE, whole
from bench.engines import read
from bench.measuring import Launcher, Measured, functions_in_turn, in_turn
from bench.page import Table, figure, milliseconds
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.text import plural
from support.questionnaires_at_random import questionnaire_of_size
from support.scored_rows import random_sheets

__all__ = ["Sizes", "growth"]

QUESTIONS = 40
"""The number of questions where only the rules grow; the bundled questionnaire has 37."""
SHEETS = 50
"""How many sheets are decided in one run."""


class Sizes(NamedTuple):
    """The sizes to measure."""

    questions: Sequence[int]
    """Numbers of questions, each with 2.5 rules per question."""
    rules: Sequence[int]
    """Numbers of rules of 40 questions."""


class Sized(NamedTuple):
    """A made-up questionnaire in its file, with sheets for it."""

    name: str
    path: Path
    answers: Path
    questionnaire: Questionnaire
    sheets: tuple[AnswerSheet, ...]


def growth(launcher: Launcher, sizes: Sizes, rounds: int, folder: Path) -> list[Table]:
    """Measure loading, deciding and a whole assessment at each size; `folder` takes the questionnaires."""
    by_questions = [sized(folder, questions=each) for each in sizes.questions]
    by_rules = [sized(folder, questions=QUESTIONS, rules=each) for each in sizes.rules]
    return [
        table("Growth with questions", "with 2.5 rules per question", by_questions, launcher, rounds),
        table("Growth with rules", f"with {QUESTIONS} questions", by_rules, launcher, rounds),
    ]


def sized(folder: Path, *, questions: int, rules: int | None = None) -> Sized:
    """Write a made-up questionnaire and the answers of one sheet, and read the questionnaire."""
    name = f"{questions}-questions" + (f"-{rules}-rules" if rules else "")
    path, answers = folder / f"{name}.json", folder / f"{name}-answers.json"
    path.write_text(questionnaire_of_size(questions=questions, rules=rules), encoding="utf-8")
    questionnaire = load(path)
    sheets = tuple(random_sheets(questionnaire, Random(questions), SHEETS))
    answers.write_text(dump_sheet(sheets[0], questionnaire), encoding="utf-8")
    return Sized(name, path, answers, questionnaire, sheets)


def table(title: str, kept: str, compared: Sequence[Sized], launcher: Launcher, rounds: int) -> Table:
    """Measure the questionnaires in turn."""
    loads = functions_in_turn({each.name: partial(load, each.path) for each in compared}, rounds)
    decisions = functions_in_turn({each.name: decide_all(each) for each in compared}, rounds)
    bare, *processes = in_turn(launcher, {BARE: whole(BARE), **{each.name: assess(each) for each in compared}}, rounds)
    rows = [
        (
            f"{len(each.questionnaire.questions):,}",
            f"{len(each.questionnaire.rules):,}",
            f"{len(each.questionnaire.needs):,}",
            milliseconds(loading.processor),
            milliseconds(deciding.processor / SHEETS),
            milliseconds(process.processor),
            figure(process.processor / bare.processor),
        )
        for each, loading, deciding, process in zip(compared, loads, decisions, processes, strict=True)
    ]
    return Table(
        title,
        f"Made-up questionnaires of growing size, {kept}: the processor time to load one, to decide on one sheet, and "
        "for a whole process from the answers to JSON, also as a multiple of a bare start of Python; each the least of "
        f"{plural(rounds, 'run')}.",
        ("questions", "rules", "needs", "load, ms", "decide, ms", "assess to JSON, ms", "times a bare start"),
        tuple(rows),
        (*(renamed(each, "load") for each in loads), *(renamed(each, "decide") for each in decisions), *processes),
    )


def decide_all(each: Sized) -> Callable[[], object]:
    """Return a function that decides on all sheets of a questionnaire."""
    return lambda: [read(decide(each.questionnaire, sheet)) for sheet in each.sheets]


def assess(each: Sized) -> list[str]:
    """Return the command that assesses the first sheet."""
    command = f"iop-fit assess --questions {each.path} --answers {each.answers} --format json"
    return whole(command)


def renamed(measured: Measured, what: str) -> Measured:
    """Return what was measured, with what was done in its name."""
    return measured._replace(name=f"{what} {measured.name}")
