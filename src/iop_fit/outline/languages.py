"""Texts in two languages: the questionnaire's own, and English, in which the program's sentences are."""

import re
from typing import Any, NamedTuple, Self, TypeVar

from iop_fit.domain.wording import Words, changed_texts
from iop_fit.outline.blocks import Ladder, Outline
from iop_fit.outline.citations import Cited, Sentence

__all__ = [
    "END",
    "Bilingual",
    "Run",
    "in_english",
    "in_two_languages",
    "is_english",
    "is_right_to_left",
    "marked",
    "runs_of",
]

START, END = "\u2068", "\u2069"
"""Around each text of the questionnaire while sentences are made of it; no text from outside holds these signs."""

RUNS = re.compile(f"{START}([^{START}{END}]*){END}?|([^{START}{END}]+)")


class Run(NamedTuple):
    """A part of a text that is in one language."""

    text: str
    own: bool
    """Whether it is in the questionnaire's language; English otherwise."""


class Bilingual(str):
    """A text of a questionnaire that isn't in English, with the language of each of its parts."""

    __slots__ = ("runs",)

    runs: tuple[Run, ...]

    def __new__(cls, text: str) -> Self:
        """Split a text whose own words are between `START` and `END`."""
        runs = tuple(Run(found[1] or found[2] or "", found[2] is None) for found in RUNS.finditer(text))
        made = super().__new__(cls, "".join(run.text for run in runs))
        made.runs = tuple(run for run in runs if run.text)
        return made


def runs_of(text: str) -> tuple[Run, ...] | None:
    """Return the parts of a text by language; None if it is all in the language of its document."""
    match text:
        case Bilingual():
            return text.runs
        case Cited(sentences=sentences) if any(isinstance(each.text, Bilingual) for each in sentences):
            return tuple(run for each in sentences for run in _cited_runs(each))[:-1]
        case _:
            return None


def _cited_runs(sentence: Sentence) -> tuple[Run, ...]:
    marks = "".join(f"[{mark}]" for mark in sentence.marks)
    return (*(runs_of(sentence.text) or ()), *([Run(marks, own=True)] if marks else []), Run(" ", own=True))


def in_english(text: str) -> bool:
    """Whether a text of a document in another language is all in English."""
    runs = runs_of(text)
    return bool(runs) and not any(run.own and run.text.strip() for run in runs or ())


def is_english(language: str) -> bool:
    """Whether a language tag names English."""
    return language.lower().split("-")[0] == "en"


T = TypeVar("T")


def marked(thing: T, language: str) -> T:
    """Return an object with every text of the questionnaire in it marked; the same object if it is in English.

    An outline that is made of it must go through `in_two_languages`.
    """
    if is_english(language):
        return thing
    return changed_texts(thing, lambda text: f"{START}{text}{END}" if isinstance(text, Words) and text else text)


def in_two_languages(outline: Outline) -> Outline:
    """Return an outline with the parts of each text by language; unchanged if the questionnaire is in English."""
    if is_english(outline.language):
        return outline
    split: Outline = _split(outline)
    return split._replace(language=outline.language)


def _split(value: Any) -> Any:  # noqa: ANN401  # the same type comes back
    match value:
        case Cited(sentences=sentences):
            split = tuple(each._replace(text=Bilingual(each.text)) for each in sentences)
            return Cited(str(Bilingual(value)), split)
        case Ladder(rungs, words):  # an alternative text holds no elements
            return Ladder(_split(rungs), str(Bilingual(words)))
        case str():
            return Bilingual(value) if value else value
        case tuple() if hasattr(value, "_make"):
            return value._make(map(_split, value))
        case tuple():
            return tuple(map(_split, value))
        case _:
            return value


RIGHT_TO_LEFT = {
    *("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi"),
}
"""The languages that are written from right to left, unless their tag names another script."""
SCRIPTS = {"adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"}
"""The scripts that are written from right to left."""


def is_right_to_left(language: str) -> bool:
    """Whether the text of a language tag, such as `ar` or `az-Arab`, is written from right to left."""
    name, *rest = language.lower().split("-")
    script = next((each for each in rest if len(each) == 4 and each.isalpha()), "")
    return script in SCRIPTS if script else name in RIGHT_TO_LEFT
