"""Saved results and other files that `show` and `compare` refuse, with the messages."""

from datetime import date

import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.report.to_json import to_json
from support import DAY, ROOT
from support.example_results import read
from support.side_by_side import QUESTIONS, Case, Done

QUESTIONNAIRE = iop_fit.load()


def saved(name: str, *, on: date = DAY, private: bool = False) -> str:
    """Return the saved result of an example."""
    sheet = read(ROOT / "examples" / f"{name}.yaml", QUESTIONNAIRE).sheet
    return to_json(assess(QUESTIONNAIRE, sheet, on=on, include_private=private))


NOT_A_RESULT = (
    "This file is not a result.\n"
    "  A result is the .json file that `iop-fit assess --export` writes, not the .fhir.json one.\n"
)


NOT_JSON = (
    "This is not valid JSON (Expecting value).\n"
    "  Check here and just before: a missing or extra comma, quote or bracket.\n"
)


NO_FOLDER = (
    "none/page.md: The folder none does not exist, so this file can't be written.\n"
    "  Create the folder first, or choose another location.\n"
)


ANSWERS = "answers: {sleep: good}\n"


WRONG_ANSWER = (
    saved("steady-home").replace('"hold-off": "mostly"', '"hold-off": "mosty"').replace('"2026-01-02"', '"soon"')
)


LINES = WRONG_ANSWER.splitlines()


DAY_LINE = LINES.index('  "assessed_on": "soon",') + 1


ANSWER_LINE = LINES.index('    "hold-off": "mosty",') + 1


FILES = {
    "answers.yaml": ANSWERS,
    "list.json": "[]",
    "text.json": "Hello.\n",
    "broken.json": '{"format": ,}',
    "questions.json": saved("steady-home"),
    "wrong-answer.json": WRONG_ANSWER,
    "there.md": "An older page.\n",
}


REFUSED: dict[str, tuple[list[str], str]] = {
    "answers-file": (
        ["answers.yaml"],
        (
            "answers.yaml: This is an answers file or a draft, not a result.\n"
            "  Use `iop-fit assess --answers answers.yaml`.\n"
        ),
    ),
    "list": (["list.json"], f"list.json:1:1: {NOT_A_RESULT}"),
    "not-json": (["text.json"], f"text.json:1:1: {NOT_JSON}"),
    "broken-json": (["broken.json"], f"broken.json:1:12: {NOT_JSON}"),
    "folder": (["."], ".: This is a folder, not a file.\n  Name a file in it.\n"),
    "missing": (["none.json"], "none.json: There is no such file.\n  Check the spelling and the folder.\n"),
    "nothing-on-standard-input": (
        ["-"],
        "standard input: This file is empty.\n  Is it the right file?\n",
    ),
    "of-another-questionnaire": (
        ["questions.json", "--questions", str(QUESTIONS)],
        (
            'questions.json:8:11: These answers are for the questionnaire "program-fit", not "small".\n'
            "  Name the right questionnaire with --questions.\n"
        ),
    ),
    "wrong-in-two-places": (
        ["wrong-answer.json"],
        (
            f'wrong-answer.json:{DAY_LINE}:18: "assessed_on" must be a date as YYYY-MM-DD, not "soon".\n'
            "  Meaning: the date of the assessment.\n"
            f'wrong-answer.json:{ANSWER_LINE}:17: "hold-off" has no option "mosty".\n'
            '  Did you mean "mostly"? Write one of these: no-wish, easy, mostly, hard, hours. '
            "To skip it: {skipped: rather-not-say}.\n"
        ),
    ),
    "missing-and-nowhere-to-write": (
        ["none.json", "--export", "none/page.md", "--export", "there.md"],
        (
            f"{NO_FOLDER}there.md: This file already exists and was not changed.\n"
            "  Choose another name, or add --force to replace it.\n"
            "none.json: There is no such file.\n  Check the spelling and the folder.\n"
        ),
    ),
    "nowhere-to-write": (["questions.json", "--export", "none/page.md"], NO_FOLDER),
}


def refusals(subcommand: str, refused: dict[str, tuple[list[str], str]]) -> dict[str, Case]:
    return {
        name: Case([subcommand, *arguments], Done(4, expected), files=FILES)
        for name, (arguments, expected) in refused.items()
    }
