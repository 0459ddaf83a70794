"""What a file on the command line holds, and the option or command that takes it."""

import re
from pathlib import Path
from typing import NamedTuple

from iop_fit.limits import MAX_BYTES

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

SIGNS = (
    (re.compile(r'"format": ?"iop-fit result'), RESULT),
    (re.compile(r'"resourceType": ?"QuestionnaireResponse"'), ANSWERS),
    (re.compile(r'^digest:|"digest":', re.MULTILINE), DRAFT),
    (re.compile(r'^answers:|"answers":', re.MULTILINE), ANSWERS),
    (re.compile(r'^(title|sections|directions):|"(sections|directions)":', re.MULTILINE), QUESTIONNAIRE),
)
"""What tells the kinds of files apart, in this order; nothing of a file is repeated, and the time is linear."""
BY_SUFFIX = {".json": RESULT, ".yaml": ANSWERS, ".yml": ANSWERS}
"""What a file that can't be read or is of no known kind most likely is."""


def looks_like_a_file(word: str) -> bool:
    """Whether a word on the command line is probably meant as a file or folder."""
    return bool(word) and (Path(word).suffix.lower() in BY_SUFFIX or "/" in word or _exists(word))


def use_of(word: str) -> Use | None:
    """Return what to do with a file or folder, judged by its first `MAX_BYTES` bytes or else by its name."""
    path = Path(word)
    try:
        if path.is_dir():
            return QUESTIONNAIRE
        text = _text(path) if path.is_file() else ""
    except (OSError, ValueError):
        text = ""
    found = next((use for sign, use in SIGNS if sign.search(text)), None)
    return found or BY_SUFFIX.get(path.suffix.lower())


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(MAX_BYTES).decode(errors="replace")


def _exists(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):
        return False
