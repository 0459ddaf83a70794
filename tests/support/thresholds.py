"""Move each threshold of a questionnaire's rules by one option to see whether an example catches it."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire

AT_LEAST = re.compile(r"(?P<question>[a-z-]+): \{at least: (?P<option>[a-z0-9-]+)\}")


class Move(NamedTuple):
    file: str
    line: int
    before: str
    after: str


def unnoticed_moves(folder: Path, sheets: Collection[AnswerSheet], scratch: Path) -> tuple[int, list[Move]]:
    """Return the number of moves, and the moves after which every sheet fires the same rules as before."""
    copytree(folder, scratch)
    if (scratch / "people.yaml").exists():
        (scratch / "people.yaml").write_text("examples: []\n")  # the sheets are given, and reading examples is slow
    questionnaire = iop_fit.load(folder)
    original = [fired(questionnaire, sheet) for sheet in sheets]
    number, unnoticed = 0, []
    for move, text in _moves(folder, questionnaire):
        (scratch / move.file).write_text(text)
        moved = iop_fit.load(scratch)
        number += 1
        if [fired(moved, sheet) for sheet in sheets] == original:
            unnoticed.append(move)
        (scratch / move.file).write_text((folder / move.file).read_text())
    return number, unnoticed


def fired(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[str, ...]:
    """Return the ids of the fired rules, which determine the direction and the alerts."""
    return tuple(fired.rule.id for fired in decide(questionnaire, sheet).fired)


def _moves(folder: Path, questionnaire: Questionnaire) -> Iterator[tuple[Move, str]]:
    for name in sorted(path.name for path in folder.glob("*.yaml")):
        text = (folder / name).read_text()
        if "\nrules:" not in text:
            continue  # signs of points alone, and points, decide nothing
        for found in AT_LEAST.finditer(text):
            options = list(questionnaire.questions[found["question"]].options_by_id)
            place = options.index(found["option"])
            for other in options[max(1, place - 1) : place + 2]:
                if other != found["option"]:
                    after = f"{found['question']}: {{at least: {other}}}"
                    line = text[: found.start()].count("\n") + 1
                    yield Move(name, line, found[0], after), text[: found.start()] + after + text[found.end() :]
