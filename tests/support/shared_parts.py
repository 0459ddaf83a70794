"""Random questionnaires with option lists, lead-ins, and questions for the paper only."""

import json
from random import Random

from support.conditions_at_random import Noun

__all__ = ["with_shared_parts"]


def with_shared_parts(whole: Noun, seed: int) -> Noun:
    """Return a questionnaire that means the same, in which some questions share parts and some are only printed."""
    rng = Random(seed)
    whole = json.loads(json.dumps(whole))
    questions = [question for section in whole["sections"] for question in section["questions"]]
    _print_only(whole, questions, rng)
    first = rng.randrange(len(questions))
    for question in questions[first : first + 3]:
        question["lead-in"] = "past-year"
    lists: dict[str, str] = {}
    for question in questions:
        if "options" in question and rng.random() < 0.5:
            options = json.dumps(question["options"])
            question["options"] = lists.setdefault(options, f"list{len(lists)}")
    whole["option lists"] = [{"id": name, "options": json.loads(options)} for options, name in lists.items()]
    whole["lead-ins"] = [{"id": "past-year", "text": "In the past year:"}]
    return whole


def _print_only(whole: Noun, questions: list[Noun], rng: Random) -> None:
    """Mark some practical questions that nothing names as questions for the paper only."""
    text = json.dumps(whole)
    practical = {
        id(question)
        for section in whole["sections"]
        for question in section["questions"]
        if section["kind"] != "need" or str(question.get("need", "yes")).lower() in ("no", "false")
    }
    for question in questions:
        named = text.count(f'"{question["id"]}"') > 1
        decides = question.get("kind", "ranked") in ("ranked", "number", "several") and id(question) not in practical
        if not named and not decides and "private" not in question and rng.random() < 0.5:
            question["use"] = "paper"
