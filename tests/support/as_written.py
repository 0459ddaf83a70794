"""A valid questionnaire read without the code under test."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

__all__ = ["Noun", "Whole", "is_need", "kind_of", "listed", "options_named", "read", "said"]

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is text, even `no`
Noun = dict[str, Any]


class Whole(NamedTuple):
    """The merged files of a questionnaire, as plain text values."""

    sections: list[Noun]
    parts: list[Noun]

    def nouns(self, key: str) -> list[Noun]:
        """Return all nouns under a key, in file order."""
        return [noun for part in self.parts for noun in part.get(key, ())]

    @property
    def questions(self) -> list[tuple[Noun, Noun]]:
        """Every question with its section."""
        return [(question, section) for section in self.sections for question in section["questions"]]

    @property
    def points(self) -> list[Noun]:
        """The points of the sections, then all others."""
        return [*(point for section in self.sections for point in section.get("points", ())), *self.nouns("points")]


def read(path: Path) -> Whole:
    """Return the questionnaire in a folder or file."""
    folder = path.is_dir()
    head = parsed(path / "questionnaire.yaml" if folder else path)
    files = [parsed(path / name) for name in head.get("files", ())] if folder else []
    parts = [head, *(each for each in files if "section" not in each)]
    inside = [section for part in parts for section in part.get("sections", ())]
    whole = Whole([*inside, *(each for each in files if "section" in each)], parts)
    lists = {each["id"]: each["options"] for each in whole.nouns("option lists")}
    for question, _ in whole.questions:
        if isinstance(question.get("options"), str):
            question["options"] = lists[question["options"]]
    return whole


def parsed(path: Path) -> Noun:
    return dict(yaml.load(path.read_text(encoding="utf-8"), LOADER) or {})


def kind_of(question: Noun) -> str:
    """Return the kind of a question as rules see it: the bands of a number are ranked."""
    kind = str(question.get("kind", "ranked"))
    return "ranked" if kind == "number" else kind


def said(question: Noun, key: str, otherwise: bool = False) -> bool:
    return str(question.get(key, "yes" if otherwise else "no")).lower() in ("yes", "true")


def is_need(question: Noun, section: Noun) -> bool:
    able = kind_of(question) in ("ranked", "several") and question.get("use") != "paper"
    return able and said(question, "need", section["kind"] == "need")


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def options_named(test: Noun) -> list[str]:
    (options,) = test.values()
    return listed(options)
