"""Files given to the wrong option: each is named in one problem, whatever its kind, at every option."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import iop_fit
from iop_fit.api.answers import load_answers
from iop_fit.checking.checker import check_reading
from iop_fit.checking.output import check_json
from iop_fit.cli.lists.questions import listing_json
from iop_fit.domain.assess import assess
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.file_kinds import HEAD_KEYS, PART_KEYS, FileKind, kind_of
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.files.reading import read_text
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS
from iop_fit.loading.json_schema import answers_schema_text, schema_text
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.loading.questionnaire_files import bundled
from iop_fit.report.formats import export
from iop_fit.report.registry import DRAWN, REPORTS
from iop_fit.storage.answer_files import blank_sheet, dump_sheet
from iop_fit.storage.drafts import resume
from iop_fit.storage.result_reader import load_result
from support import DAY, ROOT, TESTS, Run

FOLDER = bundled()
EXAMPLE = ROOT / "examples" / "steady-home.yaml"
QUESTIONNAIRE = iop_fit.load()
RESULT = assess(QUESTIONNAIRE, load_answers(EXAMPLE, QUESTIONNAIRE), on=DAY)
FHIR = export(RESULT, "fhir").decode()
ENTRIES = {each["resource"]["resourceType"]: each["resource"] for each in json.loads(FHIR)["entry"]}
DOCASSEMBLE = "---\nmetadata:\n  title: Intake\n---\nmandatory: True\nquestion: |\n  How are you?\nyesno: is_well\n"

OPTIONS: dict[str, tuple[FileKind, Callable[[Path], object]]] = {
    "--answers": (FileKind.ANSWERS, lambda path: load_answers(path, QUESTIONNAIRE)),
    "--resume": (FileKind.ANSWERS, lambda path: resume(path, QUESTIONNAIRE)),
    "--questions": (FileKind.QUESTIONNAIRE, load_questionnaire),
    "show": (FileKind.RESULT, lambda path: load_result(read_text(path), str(path), QUESTIONNAIRE)),
}
KINDS: dict[FileKind, dict[str, str]] = {
    FileKind.ANSWERS: {
        "answers.yaml": EXAMPLE.read_text("utf-8"),
        "blank.yaml": blank_sheet(QUESTIONNAIRE),
        "draft": dump_sheet(load_answers(EXAMPLE, QUESTIONNAIRE), QUESTIONNAIRE),
    },
    FileKind.RESULT: {"result.json": export(RESULT, "json").decode(), "result": export(RESULT, "json").decode()},
    FileKind.OUTPUT: {
        "check.json": check_json(
            check_reading(read_questionnaire(TESTS / "questionnaires/valid/minimal.yaml"), (), DAY)
        ),
        "questions.json": listing_json(QUESTIONNAIRE),
    },
    FileKind.QUESTIONNAIRE: {
        "one.yaml": (TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text("utf-8"),
        "questionnaire.yaml": (FOLDER / "questionnaire.yaml").read_text("utf-8"),
    },
    FileKind.PART: {
        path.name: path.read_text("utf-8") for path in FOLDER.glob("*.yaml") if path.name != "questionnaire.yaml"
    },
    FileKind.FHIR: {"patient.json": '{"resourceType": "Patient"}'},
    FileKind.FHIR_BUNDLE: {"result.fhir.json": FHIR},
    FileKind.FHIR_RESPONSE: {"response.json": json.dumps(ENTRIES["QuestionnaireResponse"])},
    FileKind.FHIR_QUESTIONNAIRE: {"form.json": json.dumps(ENTRIES["Questionnaire"])},
    FileKind.MAPPING: {"mapping.yaml": "columns: {AGE: age}\n", "flags.yaml": "flags: {used: {ALC: alcohol}}\n"},
    FileKind.SCHEMA: {"answers.schema.json": answers_schema_text(QUESTIONNAIRE), "schema.json": schema_text()},
    FileKind.DOCASSEMBLE: {"block.yml": "mandatory: True\nquestion: How are you?\nyesno: is_well\n"},
}
READ_AS_ANSWERS = {FileKind.FHIR_RESPONSE, FileKind.FHIR_BUNDLE}
"""Kinds that `--answers` reads too."""
MATRIX = [(option, kind, name) for option in OPTIONS for kind, files in KINDS.items() for name in files]


def refused(option: str, path: Path) -> str:
    """Return what an option says about a file."""
    with pytest.raises(IopFitError) as caught:
        OPTIONS[option][1](path)
    return str(caught.value)


@pytest.mark.parametrize(("option", "kind", "name"), MATRIX)
def test_file_of_another_kind_is_named_alone(tmp_path: Path, option: str, kind: FileKind, name: str) -> None:
    path = tmp_path / name
    path.write_text(KINDS[kind][name], encoding="utf-8")
    wanted = OPTIONS[option][0]
    if option == "--answers" and kind in READ_AS_ANSWERS:
        assert OPTIONS[option][1](path)
        return
    if kind is wanted:
        assert kind_of(read_nodes(read_text(path), str(path))) is wanted
        return
    what, hint = kind.value
    assert refused(option, path) == (
        f"{path}: This is {what}, not {wanted.value[0]}.\n  {hint.format(file=path, folder=tmp_path)}"
    )


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "page.pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    "page.html": (export(RESULT, "html"), "a web page (HTML)"),
    "rss": (b'\xef\xbb\xbf<?xml version="1.0"?><rss/>', "an XML file"),
    "note.rtf": (b"{\\rtf1\\ansi Hello}", "an RTF file"),
    "answers.csv": (b"question,answer\nhow,mid\n", "a table (CSV)"),
    "photo.png": (b"\x89PNG\r\n", "a picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1", "an old Word or Excel file"),
    "answers.gz": (b"\x1f\x8b\x08", "a compressed file"),
    "data.db": (b"SQLite format 3\0", "a database"),
}
READS = "iop-fit reads text files in YAML or JSON: answers, drafts, results and questionnaires."


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", UNREADABLE)
def test_file_that_is_no_text_of_ours_is_named(tmp_path: Path, option: str, name: str) -> None:
    path = tmp_path / name
    content, what = UNREADABLE[name]
    path.write_bytes(content)
    assert refused(option, path) == f"{path}: This is {what}, which iop-fit can't read.\n  {READS}"


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_is_named(tmp_path: Path, option: str, encoding: str) -> None:
    path = tmp_path / "saved.yaml"
    path.write_bytes("\ufeffanswers: {}\n".encode(encoding))
    assert refused(option, path) == f"{path}: This file is UTF-16, not UTF-8.\n  Save it again as UTF-8."


def test_archive_is_named_however_large(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sheet.xml", b"x" * 2_000_000)
    assert refused("--answers", path).startswith(
        f"{path}: This is a Word, Excel or ZIP file, which iop-fit can't read."
    )


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", [each for each in DRAWN if not REPORTS[each].binary and each != "html"])
def test_page_that_was_exported_is_named(tmp_path: Path, option: str, name: str) -> None:
    path = tmp_path / f"page{REPORTS[name].suffix}"
    path.write_bytes(export(RESULT, name))
    assert refused(option, path) == (
        f"{path}: This is a page to read or print, which iop-fit can't read.\n"
        "  A page can't be read back. Name the .json file of the same result, or the answers file."
    )


@pytest.mark.parametrize("option", OPTIONS)
def test_docassemble_interview_is_named(tmp_path: Path, option: str) -> None:
    path = tmp_path / "intake.yml"
    path.write_text(DOCASSEMBLE)
    assert refused(option, path) == (
        f"{path}: This is a docassemble interview, which iop-fit can't read.\n"
        "  Its questions would have to be written again. See `iop-fit new`."
    )


def test_head_of_a_folder_names_the_folder() -> None:
    path = FOLDER / "questionnaire.yaml"
    assert refused("--questions", path).endswith(
        ": This file lists other files, so it can't be read alone.\n  Name its folder instead."
    )


def test_answers_among_the_parts_are_named(tmp_path: Path) -> None:
    head = KINDS[FileKind.QUESTIONNAIRE]["one.yaml"].replace("minutes: 1\n", "minutes: 1\nfiles: [more.yaml]\n")
    (tmp_path / "questionnaire.yaml").write_text(head)
    (tmp_path / "more.yaml").write_text("answers: {alone: often}\n")
    assert refused("--questions", tmp_path).startswith(
        f"{tmp_path / 'more.yaml'}: This is an answers file or a draft, not one part of a questionnaire.\n"
    )


@pytest.mark.parametrize("text", ["a: 1", "[]", "{}", "questionnaire: x", "hello", "format: {a: b}"])
def test_other_files_have_no_kind(text: str) -> None:
    assert kind_of(read_nodes(text, "it.yaml")) is None


def test_keys_of_kinds_are_those_of_the_table() -> None:
    assert {key.name for key in QUESTIONNAIRE_FIELDS["part"]} == PART_KEYS
    assert {key.name for key in QUESTIONNAIRE_FIELDS["head"] if key.required} - {"title"} == HEAD_KEYS


def test_command_names_the_other_command(tmp_path: Path, run: Run) -> None:
    (tmp_path / "my result.json").write_bytes(export(RESULT, "json"))
    done = run("assess", "--answers", "my result.json")
    assert (done.returncode, done.stdout, done.stderr) == (
        4,
        "",
        "my result.json: This is a result, not an answers file or a draft.\n  Use `iop-fit show 'my result.json'`.\n",
    )
    done = run("assess", "--answers", "-", typed=export(RESULT, "json").decode())
    assert done.stderr == (
        "standard input: This is a result, not an answers file or a draft.\n  Use `iop-fit show -`.\n"
    )
