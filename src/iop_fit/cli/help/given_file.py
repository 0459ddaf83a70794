"""What a file on the command line holds, and the option or command that takes it."""

from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import IopFitError
from iop_fit.files.parsing.file_kinds import FileKind, kind_of
from iop_fit.files.parsing.nodes import MappingNode
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.files.reading import is_dir, read_discovered

__all__ = ["QUESTIONNAIRE", "RESULT", "Use", "looks_like_a_file", "use_of"]


class Use(NamedTuple):
    """The way to give a file to the program."""

    purpose: str
    """What it does, as the start of a sentence."""
    command: str
    option: str = ""
    """The option that takes the file; empty if the file is an argument."""

    def on(self, path: str) -> tuple[str, ...]:
        """Return the words of the command line after the name of the program."""
        return (self.command, *([self.option] if self.option else []), path)


RESULT = Use("To show this result", "show")
ANSWERS = Use("To score these answers", "assess", "--answers")
DRAFT = Use("To continue from this draft", "assess", "--resume")
QUESTIONNAIRE = Use("To use this questionnaire", "assess", "--questions")

BY_KIND = {
    FileKind.RESULT: RESULT,
    FileKind.ANSWERS: ANSWERS,
    FileKind.FHIR_RESPONSE: ANSWERS,
    FileKind.FHIR_BUNDLE: ANSWERS,
    FileKind.QUESTIONNAIRE: QUESTIONNAIRE,
    FileKind.PART: QUESTIONNAIRE,
}
BY_SUFFIX = {".json": RESULT, ".yaml": ANSWERS, ".yml": ANSWERS}
"""What a file that can't be read or is of another kind most likely is."""


def looks_like_a_file(word: str) -> bool:
    """Whether a word on the command line is probably meant as a file or folder."""
    return bool(word) and (Path(word).suffix.lower() in BY_SUFFIX or "/" in word or _exists(word))


def use_of(word: str) -> Use | None:
    """Return what to do with a file or folder, judged by what it holds or else by its name."""
    path = Path(word)
    if is_dir(path):
        return QUESTIONNAIRE
    return _use_by_content(path) or BY_SUFFIX.get(path.suffix.lower())


def _use_by_content(path: Path) -> Use | None:
    try:
        node = read_nodes(read_discovered(path), path.name)
    except (IopFitError, ValueError):  # it can't be read, or the name can't be one
        return None
    kind = kind_of(node)
    use = BY_KIND.get(kind) if kind else None
    return DRAFT if use is ANSWERS and isinstance(node, MappingNode) and node.get("digest") else use


def _exists(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):
        return False
