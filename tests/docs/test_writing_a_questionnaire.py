"""The small questionnaire that `iop-fit new` writes, and the guide that walks through it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

import iop_fit
from iop_fit.checking.checker import Severity, check_reading
from iop_fit.checking.single_wordings import single_wordings
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.points import CAPS
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.records import FIELDS
from support import ROOT, Run
from support.readability import (
    EQUAL_LEVELS,
    STIGMATISING,
    Text,
    alerts,
    asked,
    explanations,
    grade,
    reasons,
    sentences,
)

SOURCE = Path(iop_fit.__file__).parent
STARTER = SOURCE / "cli" / "starter.yaml"
INTAKE = ROOT / "tests" / "questionnaires" / "valid" / "intake.yaml"
GUIDE = ROOT / "docs" / "how-to" / "write-a-questionnaire.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DAY = "2026-11-24"
"""A day on which the contact of the starter counts as verified."""


@pytest.fixture(scope="module")
def starter() -> Questionnaire:
    return iop_fit.load(STARTER)


# The small questionnaire


def test_new_questionnaire_passes_check(run: Run, tmp_path: Path) -> None:
    written = run("new", "mine.yaml")
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "mine.yaml").read_bytes() == STARTER.read_bytes()
    checked = run("check", "mine.yaml", "--strict", "--on", DAY)
    assert (checked.returncode, checked.stderr, checked.stdout.splitlines()[-1]) == (0, "", "No problems found.")


def test_starter_has_every_part_and_kind_but_a_note(starter: Questionnaire) -> None:
    text = STARTER.read_text()
    missing = [key.name for key in FIELDS["part"] if not re.search(rf"^{key.name}:$", text, re.MULTILINE)]
    assert missing == ["option lists", "lead-ins"]  # for longer ones; the guide explains them
    assert {question.kind for question in starter.questions.values()} == {"ranked", "number", "several", "unranked"}
    assert set(re.findall(r"^    kind: (\w+)$", text, re.MULTILINE)) == {"need", "practical", "wishes"}
    assert text.startswith("# yaml-language-server: $schema=questionnaire.schema.json\n")


def test_starter_shows_what_authors_often_miss(starter: Questionnaire) -> None:
    """Two wordings wherever a text says "you", a card that two alerts share, and sources with a strength."""
    assert [each.id for each in single_wordings(starter)] == []
    assert len({alert.card for alert in starter.alerts}) < len(starter.alerts)
    assert [source.id for source in starter.sources if not source.strength] == []


def test_starter_says_it_is_not_validated(starter: Questionnaire) -> None:
    assert "not a validated test" in starter.notice
    assert "No licensed clinician has reviewed" in starter.notice


def test_starter_has_the_bundled_contacts(starter: Questionnaire, questionnaire: Questionnaire) -> None:
    assert starter.contacts
    assert set(starter.contacts) <= set(questionnaire.contacts)


def test_starter_keeps_to_plain_words_that_hurt_nobody(starter: Questionnaire) -> None:
    text = " ".join(STARTER.read_text().split())
    assert [hit.group() for words in (STIGMATISING, EQUAL_LEVELS) for hit in words.finditer(text)] == []
    simple, explaining = [*asked(starter), *alerts(starter)], [*explanations(starter), *reasons(starter)]
    assert grade_of_page(simple) <= 6
    assert grade_of_page(explaining) <= 8
    assert [each for each in (*simple, *explaining) if any(len(words) > 20 for words in sentences(each.text))] == []


def grade_of_page(texts: list[Text]) -> float:
    """Return the grade of all texts together; each is at least one sentence."""
    return grade(" ".join(each.text if each.text.endswith(("?", ".")) else f"{each.text}." for each in texts))


def changed_texts(starter: Questionnaire) -> Iterator[tuple[str, str]]:
    """Move each threshold of a rule or sign by one, and let each rule of a direction raise the other one."""
    text = STARTER.read_text()
    begin, end = text.index("\nsigns:"), text.index("\nprograms:")
    for found in re.finditer(r"([\w-]+): \{at least: ([\w-]+)\}", text[begin:end]):
        names = [*starter.questions[found[1]].options_by_id]
        for place in (names.index(found[2]) - 1, names.index(found[2]) + 1):
            if 0 < place < len(names):
                yield found[0], f"{text[: begin + found.start(2)]}{names[place]}{text[begin + found.end(2) :]}"
    for found in re.finditer(r"raises: (between|more)|at least: 3", text):
        for to in {"between": ["raises: more"], "more": ["raises: between"], None: ["at least: 2", "at least: 4"]}[
            found[1]
        ]:
            yield found[0], f"{text[: found.start()]}{to}{text[found.end() :]}"


def test_starter_examples_notice_moved_thresholds(starter: Questionnaire, tmp_path: Path) -> None:
    path, unnoticed, tried = tmp_path / "changed.yaml", [], 0
    for change, text in changed_texts(starter):
        path.write_text(text)
        checked = check_reading(read_questionnaire(path), (), date.fromisoformat(DAY))
        assert checked.questionnaire, change
        tried += 1
        unnoticed += [] if checked.of_severity(Severity.FINDING) else [change]
    assert tried >= 12
    assert unnoticed == []


# The guide


def test_guide_shows_yaml_of_the_starter_or_the_intake_sheet() -> None:
    lines = [*STARTER.read_text().splitlines(), *INTAKE.read_text().splitlines()]
    blocks = [text for kind, text in BLOCK.findall(GUIDE.read_text()) if kind == "yaml"]
    assert blocks
    for block in blocks:
        count = len(block.splitlines())
        parts = (dedent("\n".join(lines[at : at + count])) for at in range(len(lines)))
        assert dedent(block).rstrip("\n") in parts, block


def test_guide_and_starter_state_the_point_limits() -> None:
    (first, cap), *others = CAPS.items()
    told = [f"{cap} points of `{first}`", *(f"{cap} of `{kind}`" for kind, cap in others)]
    assert f"{', '.join(told[:-1])} and {told[-1]}" in " ".join(GUIDE.read_text().split())
    assert ", ".join(f"{kind} {cap}" for kind, cap in CAPS.items()) in STARTER.read_text()


def test_guide_reads_at_grade_eight_and_hurts_nobody() -> None:
    text = BLOCK.sub("", GUIDE.read_text())
    prose = [each for each in text.split("\n\n") if not each.startswith(("#", "|", "<!--"))]
    grades = [grade(re.sub(r"`[^`]*`|[*#|]", "it", " ".join(each.split()))) for each in prose]
    assert max(grades) <= 8
    assert [hit.group() for words in (STIGMATISING, EQUAL_LEVELS) for hit in words.finditer(text)] == []
