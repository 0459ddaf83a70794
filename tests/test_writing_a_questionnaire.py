"""The small questionnaire that `iop-fit new` writes, and the guide that walks through it."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

import iop_fit
from conftest import ROOT, Run
from iop_fit.check.checker import Weight, check_reading
from iop_fit.domain.assess import CAPS
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.records import KEYS
from test_content import (
    EQUAL_LEVELS,
    SPEAKS_TO_SOMEONE,
    STIGMATISING,
    alerts,
    asked,
    explanations,
    grade,
    options,
    points,
    reasons,
    sentences,
)

SOURCE = Path(iop_fit.__file__).parent
STARTER = SOURCE / "cli" / "starter.yaml"
GUIDE = ROOT / "docs" / "writing-a-questionnaire.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DAY = "2026-11-24"
"""A day on which the contact of the starter counts as verified."""


@pytest.fixture(scope="module")
def starter() -> Questionnaire:
    return iop_fit.load(STARTER)


# The small questionnaire


def test_new_questionnaire_passes_check_with_nothing_to_mend(run: Run, tmp_path: Path) -> None:
    written = run("new", "mine.yaml")
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "mine.yaml").read_bytes() == STARTER.read_bytes()
    checked = run("check", "mine.yaml", "--strict", "--on", DAY)
    assert (checked.returncode, checked.stderr, checked.stdout.splitlines()[-1]) == (0, "", "Nothing to mend.")


def test_starter_has_every_part_and_kind_but_a_note(starter: Questionnaire) -> None:
    text = STARTER.read_text()
    assert [key.name for key in KEYS["part"] if not re.search(rf"^{key.name}:$", text, re.MULTILINE)] == []
    assert {question.kind for question in starter.questions.values()} == {*KINDS} - {"note"}
    assert set(re.findall(r"^    kind: (\w+)$", text, re.MULTILINE)) == {"need", "practical", "wishes"}
    assert text.startswith("# yaml-language-server: $schema=questionnaire.schema.json\n")


def test_starter_says_that_it_is_not_validated_and_not_reviewed(starter: Questionnaire) -> None:
    assert "not a validated test" in starter.notice
    assert "No licensed clinician has reviewed" in starter.notice


def test_starter_has_its_contacts_from_the_bundled_questionnaire(
    starter: Questionnaire, questionnaire: Questionnaire
) -> None:
    assert starter.contacts
    assert set(starter.contacts) <= set(questionnaire.contacts)


def test_starter_keeps_to_plain_words_that_hurt_nobody(starter: Questionnaire) -> None:
    text = " ".join(STARTER.read_text().split())
    assert [hit.group() for words in (STIGMATISING, EQUAL_LEVELS) for hit in words.finditer(text)] == []
    offered = [each for question in starter.questions.values() for each in options(question)]
    impersonal = [*offered, *reasons(starter), *points(starter)]
    assert [each for each in impersonal if SPEAKS_TO_SOMEONE.search(each.text)] == []
    simple, explaining = [*asked(starter), *alerts(starter)], [*explanations(starter), *reasons(starter)]
    assert [each for each in simple if grade(each.text) > 6] == []
    assert [each for each in explaining if grade(each.text) > 8] == []
    assert [each for each in (*simple, *explaining) if any(len(words) > 15 for words in sentences(each.text))] == []


def changed_texts(starter: Questionnaire) -> Iterator[tuple[str, str]]:
    """Move each threshold of a rule or sign by one, and let each rule of a direction raise the other one."""
    text = STARTER.read_text()
    begin, end = text.index("\nsigns:"), text.index("\nprograms:")
    for found in re.finditer(r"([\w-]+): \{at least: ([\w-]+)\}", text[begin:end]):
        names = [*starter.questions[found[1]].by_option]
        for place in (names.index(found[2]) - 1, names.index(found[2]) + 1):
            if 0 < place < len(names):
                yield found[0], f"{text[: begin + found.start(2)]}{names[place]}{text[begin + found.end(2) :]}"
    for found in re.finditer(r"raises: (between|more)|at least: 3", text):
        for to in {"between": ["raises: more"], "more": ["raises: between"], None: ["at least: 2", "at least: 4"]}[
            found[1]
        ]:
            yield found[0], f"{text[: found.start()]}{to}{text[found.end() :]}"


def test_starter_is_found_wanting_when_a_threshold_or_a_rule_moves(starter: Questionnaire, tmp_path: Path) -> None:
    path, unnoticed, tried = tmp_path / "changed.yaml", [], 0
    for change, text in changed_texts(starter):
        path.write_text(text)
        checked = check_reading(read_questionnaire(path), (), date.fromisoformat(DAY))
        assert checked.questionnaire, change
        tried += 1
        unnoticed += [] if checked.weighing(Weight.FINDING) else [change]
    assert tried >= 12
    assert unnoticed == []


# The guide


def test_guide_shows_yaml_that_stands_in_the_starter() -> None:
    lines = STARTER.read_text().splitlines()
    blocks = [text for kind, text in BLOCK.findall(GUIDE.read_text()) if kind == "yaml"]
    assert blocks
    for block in blocks:
        count = len(block.splitlines())
        parts = (dedent("\n".join(lines[at : at + count])) for at in range(len(lines)))
        assert dedent(block).rstrip("\n") in parts, block


def test_guide_shows_what_its_commands_print(run: Run, tmp_path: Path) -> None:
    guide = Guide(run, tmp_path)
    for kind, text in BLOCK.findall(GUIDE.read_text()):
        if kind == "console":
            guide.type_in(text)
        elif kind == "diff":
            guide.edit(text)
    assert guide.ran >= 10


class Guide:
    """Does what the guide says, in an empty folder, and compares what is printed with what it shows."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder
        self.status = self.ran = 0

    def edit(self, difference: str) -> None:
        """Make a change in the file that is meant to break."""
        path = self.folder / "broken.yaml"
        lines = difference.splitlines()
        old = "\n".join(line[1:] for line in lines if line[0] in " -") + "\n"
        new = "\n".join(line[1:] for line in lines if line[0] in " +") + "\n"
        text = path.read_text()
        assert text.count(old) == 1, difference
        path.write_text(text.replace(old, new))

    def type_in(self, block: str) -> None:
        """Run each command of a block; what stands below it must be printed, `…` for lines that are left out."""
        for each in block.removeprefix("$ ").split("\n$ "):
            command, *shown = each.splitlines()
            printed = self.printed_by(command)
            assert not shown or is_shown(shown, printed), "\n".join([command, *printed])

    def printed_by(self, command: str) -> list[str]:
        match command.split():
            case ["echo", "$?"]:
                return [str(self.status)]
            case ["cp", old, new]:
                shutil.copyfile(self.folder / old, self.folder / new)
                return []
            case ["iop-fit", *arguments, ">", target]:
                done = self.run(*arguments)
                (self.folder / target).write_text(done.stdout)
            case ["iop-fit", *arguments]:
                day = ["--on", DAY] if arguments[0] == "check" and "--on" not in arguments else []
                done = self.run(*arguments, *day, COLUMNS="80")
            case _:
                raise AssertionError(command)
        typing_needed = arguments[0] == "assess" and "--answers" not in arguments
        assert done.returncode in ({3} if typing_needed else {0, 1}), done.stderr
        self.status, self.ran = done.returncode, self.ran + 1
        return (done.stdout + done.stderr).splitlines()


def is_shown(shown: list[str], printed: list[str]) -> bool:
    """Say whether lines are what is printed, but for those that `…` leaves out."""
    line = {"…": r"(?:.*\n)*?"}
    return bool(
        re.fullmatch("".join(line.get(each, f"{re.escape(each)}\n") for each in shown), "\n".join([*printed, ""]))
    )


def test_is_shown_tells_lines_from_others_and_their_order() -> None:
    printed = ["one", "two", "three"]
    for shown in (["one", "two", "three"], ["…", "two", "…"], ["one", "…"], ["…", "three"], ["one", "…", "three"]):
        assert is_shown(shown, printed)
    for shown in (["two", "…"], ["…", "two"], ["…", "three", "…", "two", "…"], ["…", "tw", "…"], ["one", "three"]):
        assert not is_shown(shown, printed)


BUILT_CODES = {
    "{}-not-decided": ("point", "program"),
    "{}-without-example": ("rule", "alert", "direction"),
    "unused-{}": ("addition", "source"),
}
"""What stands for `{}` in the codes that are put together."""


def codes_in_the_source() -> Iterator[str]:
    """Give the code of each finding, and those that examples in files are noted with."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name("Finding"), keywords=keywords):
                    values = [each.value for each in keywords if each.arg == "code"]
                case ast.Call(func=ast.Attribute(attr="note"), args=args) if path.stem == "examples":
                    values = args[:1]
                case ast.Call(func=ast.Attribute(attr="_never_raised"), args=args):
                    values = args[-1:]
                case _:
                    continue
            yield from (code for value in values for code in written_out(value))


def written_out(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(str(code)):
            yield code
        case ast.JoinedStr(parts):
            template = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
            yield from (template.format(noun) for noun in BUILT_CODES[template])
        case _:
            assert ast.unparse(value) == "code"  # handed on, and found where it is written


def test_guide_explains_every_code_of_a_finding_once() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| ", GUIDE.read_text()[GUIDE.read_text().index("| code |") :], re.MULTILINE)
    assert sorted(rows) == sorted(set(codes_in_the_source()) - {"unknown-reference"})  # which readers say too


def test_guide_and_starter_say_how_many_points_have_room() -> None:
    (first, cap), *others = CAPS.items()
    told = [f"{cap} points of `{first}`", *(f"{cap} of `{kind}`" for kind, cap in others)]
    assert f"{', '.join(told[:-1])} and {told[-1]}" in " ".join(GUIDE.read_text().split())
    assert ", ".join(f"{kind} {cap}" for kind, cap in CAPS.items()) in STARTER.read_text()


def test_guide_reads_at_grade_eight_and_hurts_nobody() -> None:
    text = BLOCK.sub("", GUIDE.read_text())
    prose = [each for each in text.split("\n\n") if not each.startswith(("#", "|"))]
    grades = [grade(re.sub(r"`[^`]*`|[*#|]", "it", " ".join(each.split()))) for each in prose]
    assert max(grades) <= 8
    assert [hit.group() for words in (STIGMATISING, EQUAL_LEVELS) for hit in words.finditer(text)] == []
