"""User text in every format: it comes back unchanged and is never interpreted."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report.formats import draw_on_screen, export
from iop_fit.report.glyphs import drawable, replaced
from iop_fit.report.registry import REPORTS
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import load_sheet
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import recomputed
from iop_fit.text import sanitize
from support import DAY, ROOT
from support.html_pages import Page
from support.pdfs import Paper
from support.side_by_side import Command, Done
from support.unruly_text import COLORS, HOSTILE, invisible_characters

SUFFIXES = {report.suffix: name for name, report in REPORTS.items()}


FIRST = "Zuerst"
"""A word that is in no result, to locate the user's text."""


WIDTHS = (40, 80, 100)
EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"
QUESTIONNAIRE = iop_fit.load()
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
each_text = pytest.mark.parametrize("name", HOSTILE)


def answers_file(note: str) -> str:
    """Return an example's answers file with another note, as JSON since it can hold any character."""
    sheet = load_sheet(EXAMPLE.read_text(), EXAMPLE.name, QUESTIONNAIRE).sheet
    answers = json.loads(to_json(assess(QUESTIONNAIRE, sheet, on=DAY)))["answers"]
    return json.dumps({"answers": {**answers, "home-safety": {"skipped": "rather-not-say"}, "note": note}})


@cache
def noted(note: str) -> Assessment:
    """Return a result with this note."""
    return assess(QUESTIONNAIRE, load_sheet(answers_file(note), "answers.json", QUESTIONNAIRE).sheet, on=DAY)


def named(name: str) -> Assessment:
    """Return a result with this name."""
    return noted(FIRST[::-1])._replace(name=name)


PLACES: dict[str, Callable[[str], Assessment]] = {"note": noted, "name": named}
each_place = pytest.mark.parametrize("place", PLACES)


@cache
def exported_as(kind: str, place: str, text: str) -> str:
    return export(PLACES[place](text), kind).decode()


def squeezed(text: str) -> str:
    """Remove all white space, since line breaks depend on the format."""
    return "".join(text.split())


def with_text_replaced(with_first: str, text: str) -> str:
    """Return the expected output if only the user's text changes."""
    before, found, after = squeezed(with_first).partition(FIRST)
    assert found
    assert FIRST not in after
    return before + squeezed(sanitize(text)) + after


# On a screen, and in plain lines


class Screen(NamedTuple):
    """Settings for showing a result on a screen."""

    width: int
    color: bool = False
    plain: bool = False


MODES = ((False, True), (False, False), (True, False))
SCREENS = [Screen(width, color, plain) for width in WIDTHS for color, plain in MODES]


@cache
def shown_on(screen: Screen, place: str, text: str) -> str:
    result = PLACES[place](text)
    outline = paper_of(result) if place == "note" else full_of(result)  # a note is only in print
    return draw_on_screen(outline, **screen._asdict())


@each_place
@each_text
def test_screen_shows_hostile_text_and_keeps_layout(name: str, place: str) -> None:
    for screen in SCREENS:
        drawn, first = (shown_on(screen, place, text) for text in (HOSTILE[name], FIRST))
        check_lines(drawn, first, HOSTILE[name], screen.width)


@each_place
@each_text
def test_plain_file_has_hostile_text_and_keeps_layout(name: str, place: str) -> None:
    drawn, first = (exported_as("plain", place, text) for text in (HOSTILE[name], FIRST))
    check_lines(drawn, first, HOSTILE[name], 80)


def check_lines(drawn: str, first: str, text: str, width: int) -> None:
    assert max(cell_len(line) for line in COLORS.sub("", drawn).split("\n")) <= width
    assert invisible_characters(drawn) == set()
    assert squeezed(COLORS.sub("", drawn)) == with_text_replaced(COLORS.sub("", first), text)
    assert {found[0] for found in COLORS.finditer(drawn)} == {found[0] for found in COLORS.finditer(first)}


# Markdown


def shape(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """Yield the structure and markup of a page, without its text."""
    for token in tokens:
        yield token.type, token.tag, token.markup
        yield from shape([child for child in token.children or [] if child.type not in ("text", "text_special")])


@each_place
@each_text
def test_markdown_keeps_structure_with_hostile_text(name: str, place: str) -> None:
    drawn, first = (exported_as("markdown", place, text) for text in (HOSTILE[name], FIRST))
    assert [*shape(MARKDOWN.parse(drawn))] == [*shape(MARKDOWN.parse(first))]
    assert invisible_characters(drawn) == set()
    assert drawn.count("\n") == first.count("\n")
    page, first_page = (Page(f"<body>{MARKDOWN.render(text)}</body>") for text in (drawn, first))
    assert squeezed(page.texts["body"]) == with_text_replaced(first_page.texts["body"], HOSTILE[name])
    assert (page.tags(), page.malformed) == (first_page.tags(), [])


# HTML


@each_place
@each_text
def test_html_keeps_elements_with_hostile_text(name: str, place: str) -> None:
    drawn, first = (Page(exported_as("html", place, text)) for text in (HOSTILE[name], FIRST))
    assert (drawn.elements, drawn.malformed) == (first.elements, [])
    assert squeezed(drawn.texts["body"]) == with_text_replaced(first.texts["body"], HOSTILE[name])
    assert {part: drawn.texts[part] for part in ("title", "style")} == {
        part: first.texts[part] for part in ("title", "style")
    }
    assert invisible_characters(drawn.html) == set()


# JSON and FHIR


@each_text
def test_json_keeps_a_note_exactly_and_recomputes(name: str) -> None:
    text = exported_as("json", "note", HOSTILE[name])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    assert json.loads(text)["answers"]["note"] == HOSTILE[name]
    assert to_json(recomputed(load_result(text, "result.json", QUESTIONNAIRE))) == text


@each_text
def test_json_differs_only_in_the_note(name: str) -> None:
    result, first = (json.loads(exported_as("json", "note", text)) for text in (HOSTILE[name], FIRST))
    result["answers"]["note"] = first["answers"]["note"]
    assert result == first


def test_answers_with_half_a_character_are_rejected() -> None:
    with pytest.raises(iop_fit.IopFitError, match="half of a character"):
        noted("\ud800")


def test_name_omits_half_a_character() -> None:
    first = exported_as("markdown", "name", FIRST)
    assert export(named(f"\ud800{FIRST}\udfff"), "markdown").decode() == first


def fhir_texts(resource: dict[str, object]) -> Iterator[str]:
    """Yield the text of a narrative; it must be well-formed XML without active content."""
    narrative = resource["text"]
    assert isinstance(narrative, dict)
    root = ET.fromstring(narrative["div"])
    tags = {element.tag.removeprefix("{http://www.w3.org/1999/xhtml}") for element in root.iter()}
    assert tags <= {"div", "h1", "h2", "h3", "p", "b", "ul", "ol", "li"}
    assert {name for element in root.iter() for name in element.keys()} <= {  # noqa: SIM118 - an element is no dict
        "lang",
        "{http://www.w3.org/XML/1998/namespace}lang",
    }
    yield from root.itertext()


def fhir_note(text: str) -> object:
    groups = json.loads(text)["entry"][1]["resource"]["item"]
    ((answer,),) = (item["answer"] for group in groups for item in group["item"] if item["linkId"] == "note")
    return answer["valueString"]


@each_text
def test_fhir_note_is_a_sanitized_string(name: str) -> None:
    text = exported_as("fhir", "note", HOSTILE[name])
    assert invisible_characters(text) == set()
    assert fhir_note(text) == sanitize(HOSTILE[name])


@each_text
def test_fhir_name_is_in_subject_and_narrative(name: str) -> None:
    text = exported_as("fhir", "name", HOSTILE[name])
    resource = json.loads(text)["entry"][1]["resource"]
    first = json.loads(exported_as("fhir", "name", FIRST))["entry"][1]["resource"]
    assert invisible_characters(text) == set()
    assert resource["subject"] == {"display": sanitize(HOSTILE[name])}
    assert squeezed("".join(fhir_texts(resource))) == with_text_replaced("".join(fhir_texts(first)), HOSTILE[name])


# PDF

TURNED = {"arabic", "hebrew-and-latin"}
"""Right-to-left texts, whose letters a PDF reader puts in another order."""


@each_text
def test_pdf_contains_a_hostile_note(name: str) -> None:
    text = comparable("".join(Paper(export(noted(HOSTILE[name]), "pdf")).document.texts(without="Lbl")))
    note = sanitize(HOSTILE[name])
    expected = {comparable(drawable(note)), comparable(replaced(note))}  # the second where no font here covers it
    if name in TURNED:
        assert any(Counter(each) <= Counter(text) for each in expected)
    else:
        assert any(each in text for each in expected)


def comparable(text: str) -> str:
    """Remove what a PDF doesn't preserve: white space, hyphens and joiners."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if letter.isalnum() or (letter.isascii() and letter not in " \n\r-"))


# The real command, with all exports at once

SHORT = [text for text in HOSTILE.values() if len(text) < 200]
COMMANDS = {
    "short-ones-together": "\n".join(SHORT),
    "many-lines": HOSTILE["many-lines"],
    "wide-word": HOSTILE["wide-word"],
}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Done, Path]]:
    """Run the command on several notes in parallel."""

    def run(note: str, command: Command) -> tuple[Done, Path]:
        command.write("answers.json", answers_file(note))
        exports = [part for suffix in SUFFIXES for part in ("--export", f"page{suffix}")]
        return command("assess", "--answers", "answers.json", *exports), command.folder

    folders = [Command(tmp_path_factory.mktemp("hostile")) for _ in COMMANDS]
    with ThreadPoolExecutor() as pool:
        return dict(zip(COMMANDS, pool.map(run, COMMANDS.values(), folders), strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_exports_hostile_note_to_every_format(commands: dict[str, tuple[Done, Path]], name: str) -> None:
    done, folder = commands[name]
    assert (done.status, done.stderr) == (0, "".join(f"Written: page{suffix}\n" for suffix in SUFFIXES))
    assert invisible_characters(done.stdout) == set()
    assert {path.name for path in folder.iterdir()} == {"answers.json", *(f"page{suffix}" for suffix in SUFFIXES)}
    files = {suffix: (folder / f"page{suffix}").read_bytes() for suffix in SUFFIXES}
    assert json.loads(files[".json"])["answers"]["note"] == COMMANDS[name]
    note = squeezed(sanitize(COMMANDS[name]))
    assert note in squeezed(files[".txt"].decode())
    assert note in squeezed(Page(files[".html"].decode()).texts["body"])
    assert note in squeezed(Page(f"<body>{MARKDOWN.render(files['.md'].decode())}</body>").texts["body"])
    assert fhir_note(files[".fhir.json"].decode()) == sanitize(COMMANDS[name])
    assert files[".pdf"].startswith(b"%PDF")


def test_invisible_note_gets_no_heading() -> None:
    text = exported_as("plain", "note", "\u202e\u200b")
    assert "own words" not in text
