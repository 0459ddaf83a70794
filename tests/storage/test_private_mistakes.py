"""Problems near a private answer: no message quotes the answer, whatever the syntax error."""

import json
from collections.abc import Callable

import pytest
import yaml

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.loading.answer_fields import RESULT_FORMAT
from iop_fit.storage.answer_files import load_sheet, read_loosely
from iop_fit.storage.result_reader import load_result
from support import Run

MARKERS = ("shoves", "secret")
IN_YAML = {
    "no colon": "answers: {age: adult, home-safety shoves-me}",
    "no colon in lines": "answers:\n  age: adult\n  home-safety shoves-me:",
    "equals sign": "answers:\n  home-safety = shoves-me:",
    "joined": "answers: {home-safety-shoves-me: }",
    "slip and joined": "answers: {home-safty_shoves-me: }",
    "answer as a key": "answers:\n  home-safety:\n  shoves-me:",
    "words as a key": "answers:\n  home-safety:\n  secret:",
    "turned": "answers: {shoves-me: home-safety}",
    "outside of the answers": "answers: {}\nhome-safety shoves-me: x",
    "instead of answers": "home-safety shoves-me: x",
    "under what is expected": "answers: {}\nexpect: {home-safety shoves-me: x}",
    "behind another answer": "answers:\n  age: adult\n    home-safety shoves-me",
    "behind a reason": "answers:\n  age: {skipped: dont-know\n    home-safety shoves-me}",
    "equal keys below": "answers:\n  home-safety:\n    shoves-me:\n    shoves-me:",
    "equal keys beside": "answers:\n  home-safety:\n  shoves-me:\n  shoves-me:",
    "tag": "answers: {home-safety: !shoves-me }",
    "tag of the standard": "answers: {home-safety: !!shoves-me }",
    "tag with a handle": "answers: {home-safety: !shoves-me!secret x}",
    "verbatim tag": "answers: {home-safety: !<shoves-me> x}",
    "tag in a list": "answers: {home-safety: [!shoves-me ]}",
    "tag in a mapping": "answers: {home-safety: {skipped: !shoves-me }}",
    "tag of a list": "answers: {home-safety: !shoves-me []}",
    "alias": "answers: {home-safety: *shoves-me }",
    "alias in a list": "answers: {home-safety: [*shoves-me ]}",
    "alias as a key": "answers: {*shoves-me : x}",
    "anchor": "answers: {home-safety: &shoves-me x}",
    "anchor in a list": "answers: {home-safety: [&shoves-me x]}",
    "anchor of a mapping": "answers: {home-safety: &shoves-me {}}",
    "behind whom it is about": "for: me\n  home-safety shoves-me\nanswers: {}",
    "behind the questionnaire": "questionnaire: program-fit\n  home-safety shoves-me\nanswers: {}",
    "behind what is expected": "answers: {}\nexpect: {firm: yes home-safety shoves-me}",
    "slip of a reason": "answers: {home-safety: {skipped: secret}}",
}
IN_JSON = {
    "colon inside": {"home-safety: shoves-me": 1},
    "joined": {"home-safety-shoves-me": 1},
    "equals sign": {"home-safety=shoves-me": 1},
    "answer as a key": {"home-safety": None, "shoves-me": None},
    "below": {"home-safety": {"shoves-me": 1}},
    "behind another answer": {"age": "adult, home-safety: shoves-me"},
}


Read = Callable[[str, str, Questionnaire], object]
READERS: tuple[Read, ...] = (load_sheet, read_loosely, load_result)


def messages_of(read: Read, text: str, name: str, questionnaire: Questionnaire) -> str:
    """Return the messages, if any."""
    try:
        read(text, name, questionnaire)
    except IopFitError as error:
        return str(error)
    return ""


def leaked(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text]


@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("form", IN_YAML)
def test_yaml_problem_hides_a_private_answer(
    questionnaire: Questionnaire, form: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, parser))
    assert messages_of(load_sheet, IN_YAML[form], "a.yaml", questionnaire)
    for read in READERS:
        assert leaked(messages_of(read, IN_YAML[form], "a.yaml", questionnaire)) == []


@pytest.mark.parametrize("form", IN_JSON)
def test_json_problem_hides_a_private_answer(questionnaire: Questionnaire, form: str) -> None:
    made_with = {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest}
    result = json.dumps({"format": RESULT_FORMAT, "questionnaire": made_with, "answers": IN_JSON[form]})
    answers = json.dumps({"answers": IN_JSON[form]})
    assert messages_of(load_sheet, answers, "a.json", questionnaire)
    assert leaked(messages_of(load_sheet, answers, "a.json", questionnaire)) == []
    assert leaked(messages_of(read_loosely, answers, "a.json", questionnaire)) == []
    assert leaked(messages_of(load_result, result, "r.json", questionnaire)) == []


def test_duplicate_json_key_is_not_quoted(questionnaire: Questionnaire) -> None:
    text = '{"answers": {"home-safety": {"shoves-me": 1, "shoves-me": 2}}}'
    for read in READERS:
        messages = messages_of(read, text, "a.json", questionnaire)
        assert messages == "a.json:1:46: Duplicate key; the first one is on line 1.\n  Keep one of the two."


@pytest.mark.parametrize("given", ["yes-nwo", "[yes-now, yes-now]", "{skipped: rather-not-sey}"])
def test_private_answer_gets_no_suggestion(questionnaire: Questionnaire, given: str) -> None:
    others = messages_of(load_sheet, f"answers: {{home-safety: {given}}}", "a.yaml", questionnaire).split("\na.yaml:")
    messages = [each for each in others if each.split("\n")[0].count("home-safety") or "reason" in each]
    assert messages
    for each in messages:
        assert "Did you mean" not in each
        assert '"yes-now"' not in each


@pytest.mark.parametrize("form", ["no colon", "tag", "equal keys below"])
def test_command_output_hides_a_private_answer(run: Run, form: str) -> None:
    done = run("assess", "--answers", "-", typed=IN_YAML[form])
    assert done.returncode == 4
    assert done.stderr.startswith("standard input:")
    assert leaked(done.stderr + done.stdout) == []


def test_misspelled_question_gets_a_suggestion(questionnaire: Questionnaire) -> None:
    text = "answers: {home-safety shoves-me, hme-safety: x, agee: adult, weather: x}"
    messages = messages_of(load_sheet, text, "a.yaml", questionnaire)
    problems = [f"{line} {hint.strip()}" for line, hint in zip(*[iter(messages.split("\n"))] * 2, strict=True)]
    found = [each for each in problems if "no question" in each or "no such question" in each]
    assert [each.split(", ")[0] for each in found] == [
        'a.yaml:1:11: There is no such question. Did you mean "home-safety"?',
        'a.yaml:1:34: There is no such question. Did you mean "home-safety"?',
        'a.yaml:1:49: There is no question "agee". Did you mean "age"?',
        "a.yaml:1:62: There is no such question. Known here: now",
    ]
