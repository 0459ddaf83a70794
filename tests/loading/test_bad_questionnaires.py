"""Invalid questionnaires, with all of their messages, and two valid ones."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

import iop_fit
from iop_fit.checking.checker import check_reading
from iop_fit.cli.authoring import CheckRequest, check
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.nodes import MappingNode
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.loading.records import FIELDS, Problems, read_record
from iop_fit.problem_codes import Code
from support import DAY, TESTS, UNMEASURED
from support.edits_of_sound import EDITS

HERE = TESTS / "questionnaires"
INVALID = HERE / "invalid"
MINIMAL = (HERE / "valid" / "minimal.yaml").read_text()
READERS = (
    "files.parsing.nodes",
    "files.parsing.yaml_reader",
    "loading.questionnaire_files",
    "loading.questions.gates",
    "loading.questions.kind_keys",
    "loading.questions.listed",
    "loading.questions.options",
    "loading.records",
    "loading.condition_reader",
    "loading.option_tests",
    "loading.question_reader",
    "loading.guidance_reader",
    "loading.contradiction_reader",
    "loading.care_option_reader",
    "loading.loader",
    "loading.former_ids",
    "loading.wordings",
)
UNUSABLE = sorted(INVALID.glob("*.yaml"))
CASES = sorted([*EDITS, *(path.stem for path in UNUSABLE)])


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(IopFitError) as caught:
        load_questionnaire(path)
    return caught.value.problems


def printed(path: Path) -> str:
    """Return the problems as commands print them, without the folder."""
    folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112  # a name may be too long for `Path.is_dir`
    return "".join(f"{problem}\n" for problem in problems_of(path)).replace(f"{folder}{os.sep}", "")


def checked(path: Path) -> str:
    """Return the problems as `check` prints them in the folder of the file: a longer path would move line breaks."""
    with chdir(path.parent):
        return check(CheckRequest(Path(path.name), on=DAY)).output


# One file


@pytest.mark.parametrize("name", CASES)
def test_check_reports_all_problems_of_a_file(name: str, corpus: Path, update_golden: bool) -> None:
    output = checked(corpus / f"{name}.yaml")
    golden = INVALID / f"{name}.errors.txt"
    if update_golden:
        golden.write_text(output)
    assert output == golden.read_text()


def test_every_golden_file_belongs_to_a_case(update_golden: bool) -> None:
    orphans = set(INVALID.iterdir()) - {*UNUSABLE, *(INVALID / f"{name}.errors.txt" for name in CASES)}
    if update_golden:
        for path in orphans:
            path.unlink()
    assert orphans == set() or update_golden


# A folder

HEAD = """\
questionnaire: small
title: A small questionnaire
version: "1"
language: en
audience: Adults
notice: This is not a diagnosis.
minutes: 1
files: [{files}]
"""
SECTIONS, GUIDANCE = MINIMAL[MINIMAL.index("sections:") : MINIMAL.index("alerts:")], MINIMAL[MINIMAL.index("alerts:") :]
PARTS = {"sections.yaml": SECTIONS, "guidance.yaml": GUIDANCE}


class Folder(NamedTuple):
    files: Mapping[str, str]
    problems: str


def folder_with(listed: str = "sections.yaml, guidance.yaml", **replaced: str) -> dict[str, str]:
    """Return the files of a folder: a manifest that lists these, and the parts, some replaced or added."""
    return {
        "questionnaire.yaml": HEAD.format(files=listed),
        **PARTS,
        **{f"{name}.yaml": text for name, text in replaced.items()},
    }


FOLDERS = {
    "no-head": Folder(
        PARTS,
        ".: This folder has no questionnaire.yaml, so it is not a questionnaire.\n"
        "  Name a folder that has one, or a questionnaire file.\n",
    ),
    "listed-file-missing": Folder(
        folder_with("sections.yaml, guidance.yaml, points.yaml"),
        'questionnaire.yaml:8:39: The file "points.yaml" is listed here, but does not exist in this folder.\n'
        "  Remove it from the list, or add the file.\n",
    ),
    "unlisted-file": Folder(
        folder_with(points="points: []\n"),
        "points.yaml: This file is not listed under `files:` in questionnaire.yaml, so it would be ignored.\n"
        "  List it, or move it out of the folder.\n",
    ),
    "bad-file-name": Folder(
        folder_with("../sections.yaml, sections.yaml, guidance.yaml, notes.txt"),
        'questionnaire.yaml:8:9: "../sections.yaml" is not the name of a YAML file in this folder.\n'
        "  Write only the file name, without folders.\n"
        'questionnaire.yaml:8:57: "notes.txt" is not the name of a YAML file in this folder.\n'
        "  Write only the file name, without folders.\n",
    ),
    "part-is-a-list": Folder(
        folder_with("sections.yaml, guidance.yaml, points.yaml", points="- {id: rides, list: fits, text: A bus.}\n"),
        "points.yaml:1:1: A part must be a mapping, not a list.\n  Write keys with their values, like `id: ...`.\n",
    ),
    "files-listed-twice": Folder(
        folder_with("sections.yaml, guidance.yaml, sections.yaml, questionnaire.yaml"),
        'questionnaire.yaml:8:39: "sections.yaml" is already loaded.\n'
        "  Remove this entry.\n"
        'questionnaire.yaml:8:54: "questionnaire.yaml" is already loaded.\n'
        "  Remove this entry.\n",
    ),
    "part-is-empty": Folder(
        folder_with("sections.yaml, guidance.yaml, points.yaml", points="# None yet.\n"),
        "points.yaml: This file is empty.\n  Is it the right file?\n",
    ),
    "section-file-with-head-keys": Folder(
        folder_with(
            sections="section: days\nkind: need\ntitle: Days\nquestions: []\naudience: Adults\n", guidance=GUIDANCE
        ),
        'sections.yaml:5:1: A section has no key "audience".\n'
        "  Known here: section, title, kind, levels, questions, points.\n"
        'guidance.yaml:24:44: There is no question "alone".\n'
        'guidance.yaml:25:51: There is no question "alone".\n',
    ),
    "id-twice-in-two-files": Folder(
        folder_with("sections.yaml, guidance.yaml, more.yaml", more="contacts:\n" + GUIDANCE.splitlines()[-1] + "\n"),
        'more.yaml:2:5: The contact id "lifeline" is already used in guidance.yaml:28:5.\n'
        "  Give one of the two another id.\n",
    ),
    # References into an unreadable file, such as to contacts, are not reported.
    "broken-part-among-other-mistakes": Folder(
        {
            **folder_with(
                "sections.yaml, guidance.yaml, contacts.yaml",
                guidance=GUIDANCE[: GUIDANCE.index("contacts:\n")].replace("level: crisis", "level: urgent"),
                contacts="contacts: [\n",
            ),
            "questionnaire.yaml": HEAD.format(files="sections.yaml, guidance.yaml, contacts.yaml").replace(
                "minutes: 1", "minutes: soon"
            ),
        },
        'questionnaire.yaml:7:10: "minutes" must be a whole number, not "soon".\n'
        "  Meaning: the approximate time to answer, in minutes.\n"
        'guidance.yaml:3:12: "level" must be one of the allowed words, not "urgent".\n'
        "  Use one of: emergency, crisis, same day, medical first, adults only, home safety or always.\n"
        "contacts.yaml:2:1: This is not valid YAML (did not find expected node content).\n"
        "  Check this line and the one above: indentation, a missing colon or quote, or a ': ' that needs quotes.\n",
    ),
}


def write_folder(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("case", FOLDERS.values(), ids=FOLDERS)
def test_loader_reports_all_problems_of_a_folder(tmp_path: Path, case: Folder) -> None:
    found = printed(write_folder(tmp_path, case.files))
    assert found.replace(str(tmp_path), ".") == case.problems


def test_loader_reports_a_missing_questionnaire(tmp_path: Path) -> None:
    assert (
        printed(tmp_path / "none.yaml") == "none.yaml: There is no such file.\n  Check the spelling and the folder.\n"
    )


def test_loader_reports_a_name_that_is_too_long(tmp_path: Path) -> None:
    name = "x" * 300
    assert printed(tmp_path / name) == f"{name}: This file can't be read: File name too long.\n"


def test_huge_rule_is_rejected_quickly(tmp_path: Path) -> None:
    """Runs in a separate process with a timeout."""
    options = "".join(f", o{number}: Option {number}" for number in range(30))
    conditions = ", ".join(f"{{alone: {{any of: [o{number}]}}}}" for number in range(30))
    text = (
        MINIMAL.replace("options: {rarely: Rarely", "kind: several\n        options: {rarely: Rarely" + options)
        .replace("when: {alone: {at least: often}}", f"when: {{some: {{at least: 15, of: [{conditions}]}}}}")
        .replace("{at least: always}", "{any of: [always]}")
    )
    path = tmp_path / "many.yaml"
    path.write_text(text)
    program = "import sys, pathlib, iop_fit.loading.loader as it; it.load_questionnaire(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, timeout=3, check=False, env=UNMEASURED
    )
    assert done.stderr.splitlines()[-2:] == [
        (
            f"iop_fit.errors.IopFitError: {path}:46:43: This condition is too large to evaluate, "
            "including the signs and alerts named in it."
        ),
        "  Name fewer signs and alerts, or require less.",
    ]


# Every problem


def codes_in(module: str) -> set[Code]:
    """Return the problem codes that a module uses."""
    source = (Path(iop_fit.__file__).parent / f"{module.replace('.', '/')}.py").read_text()
    return {Code[name] for name in re.findall(r"\bCode\.([A-Z_0-9]+)", source)}


def test_every_problem_code_has_a_case(tmp_path: Path) -> None:
    found = {problem.code for path in UNUSABLE for problem in problems_of(path)}
    for name, case in FOLDERS.items():
        folder = tmp_path / name
        folder.mkdir()
        found |= {problem.code for problem in problems_of(write_folder(folder, case.files))}
    known = {code for module in READERS for code in codes_in(module)}
    too_large = {code for code in known if code.startswith("too-many-")} - {Code.TOO_MANY_NEEDS}
    too_large |= {Code.TOO_LARGE, Code.TOO_LARGE_CONDITION}
    # A half character is possible only in JSON; test_hostile_input.py covers the others.
    assert found == known - {Code.HALF_CHARACTER} - too_large


def test_every_problem_has_sentences_and_a_file(corpus: Path) -> None:
    for path in corpus.iterdir():
        for _, problem, witness in check_reading(read_questionnaire(path), (), DAY).diagnostics:
            assert witness is None or (witness.shows[0].isupper() and witness.shows.endswith("."))
            assert problem.place
            assert problem.place.file == str(path)
            assert all(text[0].isupper() or text[0] in "\"`'" for text in (problem.message, problem.hint) if text)
            assert all(text.endswith((".", "?")) for text in (problem.message, problem.hint) if text)
            assert (problem.message + problem.hint).isprintable()


@pytest.mark.parametrize("tag", ["x y<", "e", "en_US", "en-", "en-U", "-en", "\u00e9n", "en-123456789"])
def test_loader_rejects_an_invalid_language_tag(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("language: en\n", f'language: "{tag}"\n'))
    assert [(problem.code, str(problem.place)) for problem in problems_of(path)] == [("wrong-shape", f"{path}:5:11")]


@pytest.mark.parametrize("noun", FIELDS)
def test_every_missing_required_key_is_reported(noun: str) -> None:
    problems = Problems()
    read_record(noun, MappingNode((), Place("it.yaml", 1, 1)), problems)
    assert [problem.message for problem in problems] == [
        f'This {noun} has no "{key.name}".' for key in FIELDS[noun] if key.required
    ]


# Valid questionnaires


def needs(questionnaire: Questionnaire) -> dict[str, list[str]]:
    return {
        rule.id: sorted(
            " & ".join(f"{question}.{option}" for question, option in sorted(need)) for need in rule.gated_needs
        )
        for rule in questionnaire.rules
    }


def test_loader_reads_the_minimal_questionnaire() -> None:
    questionnaire = load_questionnaire(HERE / "valid" / "minimal.yaml")
    assert needs(questionnaire) == {
        "alone-often": ["alone.often"],
        "alone-always": ["alone.always & alone.often"],
    }


def test_loader_reads_a_folder_with_every_noun() -> None:
    questionnaire = load_questionnaire(HERE / "valid" / "folder")
    at_night = "pills-daily.daily & sleep.restless & sleep.sleepless & used.pills"
    assert needs(questionnaire) == {
        "two-of-three": [
            "pills-daily.daily & sleep.restless & used.pills",
            "pills-daily.daily & used.alcohol & used.pills",
            "sleep.restless & used.alcohol",
        ],
        "after-the-alert": [at_night],
        "after-any-crisis": [at_night],
        "sleepless-on-pills": [at_night],
        "unsafe-home": ["home-safe.unsafe"],
    }
    assert {question.id: (question.kind, question.need) for question in questionnaire.questions.values()} == {
        "sleep": ("ranked", True),
        "used": ("several", True),
        "pills-daily": ("ranked", True),
        "pay": ("unranked", False),
        "home-safe": ("ranked", True),
        "words": ("note", False),
    }


def test_digest_ignores_line_endings_and_bom(tmp_path: Path) -> None:
    path = tmp_path / "minimal.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert load_questionnaire(path) == load_questionnaire(HERE / "valid" / "minimal.yaml")


@pytest.mark.parametrize("tag", ["en", "EN", "en-US", "gsw", "zh-Hant-TW"])
def test_loader_accepts_a_language_tag(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("language: en\n", f"language: {tag}\n"))
    assert load_questionnaire(path).language == tag


OWN_TEXTS = (
    *("A small questionnaire", "Adults", "This is not a diagnosis.", "Evenings", "How often are evenings spent alone?"),
    *("Company can make evenings easier.", "Rarely", "Talk with someone today", "Call or text 988.", "Fewer hours"),
    *("988 is there at any time.", "Ask about fewer hours a week.", "It does not mean that all is well."),
    *("After the doctor, ask about hours.", "Make a call.", "Many evenings are spent alone.", "988 Lifeline"),
    "Talk at any time.",
)


def test_loader_removes_control_and_bidi_characters(tmp_path: Path) -> None:
    text = MINIMAL
    for own in OWN_TEXTS:
        for before in (": ", "["):
            for after in ("\n", ",", "}", "]"):
                marked = f'"\\u0007{own[:3]}\\u202e\\x1b{own[3:]}\\u2066"'
                text = text.replace(f"{before}{own}{after}", f"{before}{marked}{after}")
    assert text.count("u202e") >= len(OWN_TEXTS)
    path = tmp_path / "minimal.yaml"
    path.write_text(text)
    found = load_questionnaire(path)
    clean = load_questionnaire(HERE / "valid" / "minimal.yaml")
    assert replace(found, digest=clean.digest) == clean


def test_loader_keeps_zero_width_joiners(tmp_path: Path) -> None:
    path = tmp_path / "minimal.yaml"
    path.write_text(MINIMAL.replace("title: Evenings", 'title: "\\u0645\\u06cc\\u200c\\u062e"'))
    assert load_questionnaire(path).sections[0].title == "\u0645\u06cc\u200c\u062e"
