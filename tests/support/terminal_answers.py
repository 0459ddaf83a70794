"""Answering a whole interview in a terminal."""

from iop_fit.domain.questionnaire import Questionnaire
from support.scripted import calm_without_notes
from support.terminals import Terminal


def to_the_end(terminal: Terminal, questionnaire: Questionnaire) -> Terminal:
    """Type the answers of least concern, from the first page to the last review."""
    return terminal.prompted().type("g", *calm_without_notes(questionnaire).values())
