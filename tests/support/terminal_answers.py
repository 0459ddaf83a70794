"""Shared by tests: terminal answers."""

from iop_fit.domain.questionnaire import Questionnaire
from support.scripted import calm
from support.terminals import Terminal


def to_the_end(terminal: Terminal, questionnaire: Questionnaire) -> Terminal:
    """Answer everything like somebody calm, from the first page to the last review."""
    return terminal.prompted().type("g", *calm(questionnaire).values())
