"""Constructions that must not come back, and words that only one of two wordings may have."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from support import ROOT
from support.readability import Text

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

BANNED = {
    "no American says it": (
        r"nights at home|going home at night|more around it|such (pills|thoughts)|first of all|as far as wanted"
        r"|what could not be told|whom does one|does one|there was no day|no such day|by feel or look|a drinking day\?"
        r"|prepare a talk|for a talk|in one plan|a second way|great trouble|is there already|but for private"
        r"|use c(ame|omes) back|it ended early|a scale by income|leans on|be fitted in|lives? at a center"
    ),
    "a thing that stands, hangs or holds": (
        r"stands?|standing|hang on|(could|may|might|can) (have )?(hold|held)(?! off)|held it"
    ),
    '"whom" is stiff: "who to call"': r"whom",
    '"at once" can mean "together": say "suddenly" or "all at once"': r"stop(ping|ped)?\b[^.]{0,25}(?<!all )at once",
    "a verdict, a grade or a level nobody gave": r"verdict|judge(s|d)? (you|them)|level of concern|little concern",
    "British spelling": (
        r"judgement|licence|centres?|colours?|favou?rs?ite|favours?|behaviou?rs?al|behaviours?|programmes?|(organ|recogn|real|"
        r"minim|stabil|stigmat|random|special)is(e[ds]?|ing|ation)|counsell(ing|ors?|ed)|travell(ing|ed|ers?)|cancelled|labour|"
        r"neighbours?|enrol|fulfil|grey|learnt|whilst|amongst|towards|afterwards|one-to-one|litres?|tablets? of"
    ),
    "British usage": r"in hospital|at the weekend|fortnight|mobile phone|chemist|the post|casualty|GP|A&E",
    "a date in day-month order": rf"\d{{1,2}} ({MONTHS})|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}",
}
"""By reason, constructions that the review of the first edition found."""

PATTERNS = {
    reason: re.compile(rf"(?<!\w)({pattern})(?!\w)", re.IGNORECASE if "usage" not in reason else 0)
    for reason, pattern in BANNED.items()
}


def banned(text: str) -> list[tuple[str, str]]:
    """Return each banned construction in a text, with the reason."""
    return [(hit.group(), reason) for reason, pattern in PATTERNS.items() for hit in pattern.finditer(text)]


# Texts as they are written

NOT_READ = {
    *("id", "section", "questionnaire", "version", "language", "kind", "raises", "when", "ask when", "for", "list"),
    *("level", "card", "sources", "contacts", "adds", "goal", "formerly", "removed", "files", "strength", "group"),
    *("cite", "link", "web", "call", "enough", "listed", "published", "review by", "verified on", "year", "questions"),
}
"""Keys whose values are no texts of ours; `questions` only inside a contradiction."""

SECOND = " about someone"


def written_in(folder: Path) -> Iterator[tuple[Text, str]]:
    """Yield each text of the YAML files of a folder, with the key it stands under."""
    for path in sorted(folder.rglob("*.yaml")):
        yield from _texts(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), path.name, "")


def _texts(node: object, where: str, key: str) -> Iterator[tuple[Text, str]]:
    if isinstance(node, str):
        yield Text(where, node), key
    elif isinstance(node, Mapping):
        inside = f"{where}: {node['id']}" if "id" in node else where
        for name, value in node.items():
            if name not in NOT_READ or (name == "questions" and isinstance(value, list) and _are_mappings(value)):
                yield from _texts(value, inside, name)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each, where, key)


def _are_mappings(values: list[object]) -> bool:
    return all(isinstance(each, Mapping) for each in values)


def literals_in(folder: Path) -> Iterator[Text]:
    """Yield the sentences in the string literals of a package, without docstrings."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if node in alone or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if " " in node.value.strip():
                yield Text(f"{path.relative_to(ROOT)}:{node.lineno}", node.value)


# Two wordings

TO_THE_HELPER = re.compile(
    r"\b(thank you|telling us|if you (have it|can)\b|if you can't get them"
    r"|you (can|could|may) (also |still )?"
    r"(call|text|get|take|buy|apply|ask|tell|check|visit|find|join|use|do|learn|expect)\b"
    r"|you can't (tell|find|see)|you (also )?(gave|picked|said)"
    r"|help you (plan|compare|see)|ask (you|yourself)|you or they|so can you|calls? you back|anyone assesses you"
    r"|near you|before you (call|choose|go)|what you can do|if you (ever )?(need|want) (help|to talk)|tell you where"
    r"|you want to tell|unless you share|helps you get ready)",
    re.IGNORECASE,
)
"""What is said to whoever answers, in either mode."""

YOU = re.compile(r"\b(you|your|yours|yourself)\b", re.IGNORECASE)


def speaks_to_the_person(text: str) -> bool:
    """Whether a text says "you" to the person the answers are about, and not only to whoever answers."""
    return bool(YOU.search(TO_THE_HELPER.sub("", text)))


def wordings_in(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each text with its id, in the first wording and in the second, which may be the same."""
    for path in sorted(folder.rglob("*.yaml")):
        yield from _wordings(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), path.name)


def _wordings(node: object, where: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, list):
        for each in node:
            yield from _wordings(each, where)
    if not isinstance(node, Mapping) or node.get("private") == "yes":
        return
    inside = f"{where}: {node['id']}" if "id" in node else where
    for name, value in node.items():
        if name.endswith("about someone"):
            continue
        if node.get("list") in ("ask", "family") and name == "text":
            continue  # it is said to the program, or to the family
        if isinstance(value, str) and name not in NOT_READ:
            second = node.get("about someone" if name == "label" else name + SECOND, value)
            yield f"{inside}: {name}", value, second
        elif isinstance(value, list) and name + SECOND in node:
            yield from ((f"{inside}: {name}", one, two) for one, two in zip(value, node[name + SECOND], strict=True))
        elif isinstance(value, list) and value and isinstance(value[0], str) and name == "next":
            yield from ((f"{inside}: {name}", one, one) for one in value)
        else:
            yield from _wordings(value, inside)
