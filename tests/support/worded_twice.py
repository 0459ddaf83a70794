"""A questionnaire in which every text that may have two wordings has them, and each says which it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from iop_fit.domain.wording import Audience
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS, FieldType, second_wording

__all__ = ["WORDED_TWICE", "audiences_in", "worded_keys", "write"]

Json = dict[str, object]


def worded_keys(noun: str) -> Iterator[str]:
    """Yield the keys of a noun that may have two wordings."""
    names = [field.name for field in QUESTIONNAIRE_FIELDS[noun]]
    return (name for name in names if second_wording(name) in names)


def worded(noun: str, of: str, *keys: str) -> Json:
    """Return texts such as `me-alert-title-today.` and `someone-alert-title-today.`; all that the noun may have."""
    lists = {field.name for field in QUESTIONNAIRE_FIELDS[noun] if field.shape is FieldType.TEXTS}
    texts: Json = {}
    for key in keys or worded_keys(noun):
        for name, audience in ((key, Audience.ME), (second_wording(key), Audience.SOMEONE)):
            text = f"{audience}-{noun.replace(' ', '-')}-{key.replace(' ', '-')}-{of}"
            texts[name] = [f"{text}-first.", f"{text}-second."] if key in lists else f"{text}."
    return texts


def question(name: str, *options: str, kind: str = "ranked", **more: object) -> Json:
    labels: Json = {"options": {option: worded("option", f"{name}-{option}", "label") for option in options}}
    return {"id": name, "kind": kind, "dimension": 4, **worded("question", name), **(labels if options else {}), **more}


CHANGED = ("rarely", "often")
"""The options of the question `alone` that results name as what would change them."""


def changeable_question(name: str, *options: str) -> Json:
    labels = {each: worded("option", f"{name}-{each}", *(["label"] if each not in CHANGED else [])) for each in options}
    return question(name, changeable=True, options=labels, **{"lead-in": "days"})


def point(name: str, kind: str, **more: object) -> Json:
    texts = worded("point", name) if kind == "ask" else worded("point", name, "text")
    return {"id": name, "list": kind, **texts, **more}


def rule(name: str, raises: str, when: object, **more: object) -> Json:
    return {"id": name, "raises": raises, "when": when, **worded("rule", name), **more}


WORDED_TWICE: Json = {
    "questionnaire": "twice",
    "title": "Worded twice",
    "version": "1",
    "language": "en",
    "audience": "Adults",
    "notice": "Not a diagnosis.",
    "minutes": 1,
    "lead-ins": [{"id": "days", **worded("lead-in", "days")}],
    "sections": [
        {
            "section": "days",
            "title": "Days",
            "kind": "need",
            "levels": {"some": 1, "a lot": 2},
            "questions": [
                question("used", "pills", "other", kind="several"),
                changeable_question("alone", "rarely", "often", "always"),
            ],
        },
        {
            "section": "plans",
            "title": "Plans",
            "kind": "practical",
            "questions": [question("pay", "plan", "cash", kind="unranked"), question("words", kind="note")],
        },
        {
            "section": "hopes",
            "title": "Hopes",
            "kind": "wishes",
            "questions": [question("wish", "home", "away", kind="unranked")],
        },
    ],
    "alerts": [{"id": "today", "level": "crisis", "contacts": ["line"], **worded("alert", "today")}],
    "directions": [
        {"id": "less", **worded("direction", "less")},
        {"id": "more", **worded("direction", "more"), "additions": [{"id": "bed", **worded("addition", "bed")}]},
    ],
    "rules": [
        rule("pills", "today", {"used": {"any of": ["pills"]}}),
        rule("alone", "more", {"alone": {"at least": "often"}}, adds=["bed"]),
    ],
    "programs": [{"id": name, "name": name, "short": name, **worded("program", name)} for name in ("day", "night")],
    "points": [
        point("fit", "fits", **{"for": "day"}),
        point("plan", "plan for", when={"pay": {"any of": ["cash"]}}),
        point("ask", "ask"),
        point("sign", "warning sign"),
        point("cost", "cost help"),
        point("call", "call"),
    ],
    "contradictions": [
        {
            "id": "clash",
            "questions": ["alone", "pay"],
            "when": {"alone": {"at least": "often"}, "pay": {"any of": ["plan"]}},
            **worded("contradiction", "clash"),
        }
    ],
    "options": [{"id": "stay", "name": "Stay", "studies": [worded("study", "stay")], **worded("care option", "stay")}],
    "contacts": [{"id": "line", "name": "Line", "use": "Talk.", "group": "crisis", "call": "988"}],
}


def write(folder: Path) -> Path:
    """Write the questionnaire to a file in a folder, and return the file."""
    path = folder / "twice.yaml"
    path.write_text(json.dumps(WORDED_TWICE))
    return path


NOUNS = "|".join(noun.replace(" ", "-") for noun in QUESTIONNAIRE_FIELDS if any(worded_keys(noun)))


def audiences_in(output: str) -> dict[Audience, set[str]]:
    """Return the texts in an output by the audience of their wording, without its name."""
    found = re.findall(rf"(someone|me)-((?:{NOUNS})-[a-z-]+)\.", "".join(output.split()))
    return {each: {text for audience, text in found if audience == each} for each in Audience}
