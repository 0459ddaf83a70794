"""The prompts for a page to take to the visit: file, name and private answers."""

from pathlib import Path
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.files.reading import real_path, typed_path
from iop_fit.files.targets import target_problem
from iop_fit.interview.choices import agrees_to_share, choose
from iop_fit.interview.screen import Line, Page, Screen, ask
from iop_fit.problem_codes import Code
from iop_fit.report.formats import format_problem
from iop_fit.report.registry import REPORTS, format_of
from iop_fit.storage.drafts import Draft
from iop_fit.text import join, sanitize

__all__ = ["ExportChoice", "ask_for_export", "ask_notes"]


class ExportChoice(NamedTuple):
    """The page to write."""

    path: Path
    format: str
    name: str
    """The name to print on it, or an empty string."""
    include_home_safety: bool
    replace: bool


def ask_for_export(screen: Screen, draft: Draft, *, home_safety: bool) -> ExportChoice | None:
    """Ask which page to write; None for no page, or if the input ends."""
    target = _target(screen, draft)
    if target is None:
        return None
    path, replace = target
    name = _line(screen, draft, "What name should the page show? Type 0 for none.", "Name: ")
    if name is None:
        return None
    include = home_safety and choose(screen, draft, HOME_SAFETY, ("No, leave it out", "Yes, show it")) == 2
    return ExportChoice(path, format_of(path) or "", "" if name == "0" else sanitize(name), include, replace)


def ask_notes(questionnaire: Questionnaire, sheet: AnswerSheet, screen: Screen, draft: Draft) -> AnswerSheet:
    """Ask the optional questions that have no answer yet; return the sheet with the answers, also saved to a draft.

    An empty line or `0` leaves a question out.
    """
    for question in reached_by(questionnaire, sheet).asked:
        if question.optional and question.id not in sheet.answers:
            page = Page((Line(question.ask, strong=True), Line(question.why), Line(NO_NOTE)))
            notice: tuple[Line, ...] = ()
            while (typed := (ask(screen, draft, page, "Note: ", notice) or "").strip()) not in ("", "0", "q", "s"):
                answer = question.parse(typed)
                if answer:
                    sheet = sheet.with_answer(question.id, answer)
                    break
                notice = (Line(question.what_to_type),)
    draft.save(sheet)
    return sheet


NO_NOTE = "Write one line, or press Enter to leave it out."

SUFFIXES = join((report.suffix for report in REPORTS.values()), last="or")

HOME_SAFETY = "Should the page show your answer about safety at home? Other people may read it."


def _target(screen: Screen, draft: Draft) -> tuple[Path, bool] | None:
    """Ask for a file until it can be written; return it, and whether to overwrite it, or None."""
    question = f"What should the file be called? It must end in {SUFFIXES}, for example page.pdf. Type 0 for no page."
    notice: tuple[Line, ...] = ()
    while True:
        typed = _line(screen, draft, question, "File: ", notice)
        if typed is None or typed == "0":
            return None
        path = typed_path(typed)
        if format_of(path) is None:
            notice = (Line(f"It must end in {SUFFIXES}."),)
        elif real_path(path) in map(real_path, draft.files):
            notice = (Line("Your answers are in that file. Choose another name."),)
        else:
            problem, replace = _checked(screen, draft, path)
            if problem is None:
                return path, replace
            notice = (Line(problem.message), *([Line(problem.hint)] if problem.code == Code.NO_PDF else []))


def _checked(screen: Screen, draft: Draft, path: Path) -> tuple[Problem | None, bool]:
    """Return why a file can't be written, if the person doesn't agree to it, and whether to overwrite it."""
    replace = False
    problem = format_problem(format_of(path) or "")
    while problem is None:
        problem = target_problem(path, replace=replace, allow_shared=draft.shared.allows(path))
        if problem is None:
            break
        if problem.code == Code.FILE_EXISTS and choose(screen, draft, f"{path} already exists.", KEEP_OR_REPLACE) == 2:
            problem, replace = None, True
        elif problem.code == Code.OTHERS_CAN_READ and agrees_to_share(screen, draft, path):
            problem = None
    return problem, replace


KEEP_OR_REPLACE = ("Keep it and choose another name", "Replace it")


def _line(screen: Screen, draft: Draft, question: str, prompt: str, notice: tuple[Line, ...] = ()) -> str | None:
    """Ask for a line that isn't empty; None if the input ends."""
    page = Page((Line(question, strong=True),))
    while True:
        typed = ask(screen, draft, page, prompt, notice)
        if typed is None or typed.strip() in ("q", "Q"):
            return None
        if typed.strip():
            return typed.strip()
        notice = (Line("Please type something, or 0 for none."),)
