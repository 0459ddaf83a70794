"""A text of the person's own in every format: it comes back as it was, and is never more than a text."""

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
from conftest import DAY, ROOT
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.limits import MAX_NOTE
from iop_fit.outline.result import paper_of, screen_of
from iop_fit.report.formats import draw_on_screen, export
from iop_fit.report.glyphs import replaced
from iop_fit.report.registry import REPORTS
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import load_sheet
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import recomputed
from iop_fit.text import sanitize
from test_bad_answers import Command, Done
from test_html import Page

SUFFIXES = {report.suffix: name for name, report in REPORTS.items()}

HOSTILE = {
    # Markup
    "script": "<script>alert(1)</script>",
    "ends-style": "</style></title></body></html><h1>here</h1>",
    "image": "<img src=x onerror=\"alert('1')\">",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "cdata": "]]> <![CDATA[ x ]]> <!-- x --> --!> <?x?>",
    "entities": "&lt;b&gt; &amp; &#60; &#x3c; &nbsp; &copy &",
    "markdown-marks": "*a* **b** _c_ __d__ ~~e~~ ~f~ `g` ``h`` \\*i\\* \\",
    "markdown-links": "[a](https://example.org) ![b](x.png) [c]: x [^1] <https://example.org> www.example.org a@b.org",
    "markdown-heading": "# Not a heading #",
    "markdown-underlined": "Nor this\n===\nnor this\n---",
    "markdown-number": "1. Not a list",
    "markdown-bracketed-number": "12) Not a list",
    "markdown-bullets": "- [ ] a\n* b\n+ c",
    "markdown-plus": "+ a",
    "markdown-quote": "> Not quoted",
    "markdown-rule": "***",
    "markdown-line": "---",
    "markdown-table": "| a | b |\n| --- | --- |\n| c | d |",
    "markdown-code": "```sh\nrm -rf x\n```",
    "markdown-tildes": "~~~\ncode\n~~~",
    "markdown-indented": "    code",
    "markdown-break": "one  \ntwo\\\nthree",
    "dollars": "${HOME} $(id) $a$ $$b$$ `id`",
    "braces": "{{ 7 * 7 }} {% raw %} {0} {name!r} #{x} <%= x %> %s %(a)s %n {.class #id}",
    "rich": "[bold]a[/bold] [/] [link=https://example.org]b[/link] [red on white] :smile: \\[x]",
    "typst": '#eval("1") $x$ = Heading\n- a\n+ b\n/ c: d <label> @ref *a* _b_ `c` // d /* e */ \\u{202e} ~ --',
    "json": '", "direction": null, "x": "\\u001b[31m\\n\\',
    "yaml": "&a *a !!python/object:os.system x: {y: [z]} # c\n---\n...",
    # What a terminal would obey
    "color": "\x1b[31mred\x1b[0m \x1b[1;5m",
    "screen": "\x1b[2J\x1b[3J\x1b[1;1Htop \x1b[?1049h \x1bc",
    "link": "\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZWNobw==\x07 \x1b]0;title\x07",
    "bell": "\x07a\x08\x08b\x0c\x0bc\x7f\x7f",
    "carriage-return": "one\rtwo\r\nthree",
    "c1": "\x9b31mred \x9d52;c;x\x9c \x90q\x9c \x85next \x84",
    "nul": "a\x00b\x00",
    # What an eye would not see
    "right-to-left-override": "\u202egpj.exe\u202c \u202dx",
    "isolates": "\u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "zero-width": "a\u200bb\u2060c\ufeffd\u00ade \u200c \u200d",
    "line-separators": "one\u2028two\u2029three\x1cfour\x1ffive",
    "wide-spaces": "a\u3000b\u00a0c\u2003d\u202fe",
    "tags-and-private": "a\U000e0041\U000e007f b\ue000 c\U0010ffff d\ufdd0 e\uffff",
    # What is hard to draw
    "combining-pile": "Z" + "\u0301\u0323\u0336\u0489\u20dd" * 20 + "algo \u0301 begins",
    "emoji": "😀 ❤️ 👍🏽 1️⃣ 🇺🇸 🏳️‍🌈 ☎",
    "families": "👩‍👩‍👧‍👦 👩🏽‍⚕️ 🧑‍🦽" * 10,
    "cjk": "我想停下来。" * 12 + "やめたい 그만하고 싶어요 ㅎ",
    "arabic": "أريد التوقف عن الشرب، لكن لا أعرف كيف. ١٢. (x) 3",
    "hebrew-and-latin": "אני רוצה stop (1) עכשיו!",
    "thai-and-hindi": "ฉันอยากหยุดดื่มเหล้าแต่ไม่รู้ว่าจะเริ่มต้นอย่างไรดี मैं रुकना चाहता हूँ क्षि",
    # What is long
    "words": "some words " * (MAX_NOTE // 11),
    "one-word": "w" * MAX_NOTE,
    "wide-word": "我" * MAX_NOTE,
    "marks-alone": "*" * MAX_NOTE,
    "brackets": "[" * (MAX_NOTE // 2) + "]" * (MAX_NOTE // 2),
    "many-lines": "\n\n" * (MAX_NOTE // 5) + "line\n" * (MAX_NOTE // 10),
    "tabs": "\ta\t\tb\t",
    "url": "https://example.org/" + "a/b%20c?d=e&f=#g_h_" * 100,
    "innocent": "Thank you. I would like to sleep again.",
}
"""Texts that would be more than a text in some format, and one that would not."""

FIRST = "Zuerst"
"""A text that stands in no result, to find where the person's own text stands."""

COLORS = re.compile(r"\x1b\[\d+(;\d+)*m")
"""The only escapes that we write."""

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""What is not seen, and still part of how words and signs are written."""

WIDTHS = (40, 80, 100)
EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"
QUESTIONNAIRE = iop_fit.load()
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
each_text = pytest.mark.parametrize("name", HOSTILE)


def answers_file(note: str) -> str:
    """Write an answers file of an example with another note, as JSON: it alone can hold every character."""
    sheet = load_sheet(EXAMPLE.read_text(), EXAMPLE.name, QUESTIONNAIRE).sheet
    answers = json.loads(to_json(assess(QUESTIONNAIRE, sheet, on=DAY)))["answers"]
    return json.dumps({"answers": {**answers, "home-safety": {"skipped": "rather-not-say"}, "note": note}})


@cache
def noted(note: str) -> Assessment:
    """Give a result with this note."""
    return assess(QUESTIONNAIRE, load_sheet(answers_file(note), "answers.json", QUESTIONNAIRE).sheet, on=DAY)


def named(name: str) -> Assessment:
    """Give a result with this name on it."""
    return noted(FIRST[::-1])._replace(name=name)


PLACES: dict[str, Callable[[str], Assessment]] = {"note": noted, "name": named}
each_place = pytest.mark.parametrize("place", PLACES)


@cache
def written_as(kind: str, place: str, text: str) -> str:
    return export(PLACES[place](text), kind).decode()


def squeezed(text: str) -> str:
    """Take all white space out: where a line ends is the format's affair."""
    return "".join(text.split())


def in_place_of_first(with_first: str, text: str) -> str:
    """Say what a format must hold if only the text of the person's own is another."""
    before, found, after = squeezed(with_first).partition(FIRST)
    assert found
    assert FIRST not in after
    return before + squeezed(sanitize(text)) + after


def unruly(drawn: str) -> set[str]:
    """Name what no eye sees and no line end is: controls, turns of direction, halves; our own colors do not count."""
    letters = set(COLORS.sub("", drawn)) - {"\n", *JOINERS}
    return {letter for letter in letters if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}


# On a screen, and in plain lines


class Screen(NamedTuple):
    """A way to show a result."""

    width: int
    color: bool = False
    plain: bool = False


WAYS = ((False, True), (False, False), (True, False))
SCREENS = [Screen(width, color, plain) for width in WIDTHS for color, plain in WAYS]


@cache
def shown_on(screen: Screen, place: str, text: str) -> str:
    result = PLACES[place](text)
    outline = paper_of(result) if place == "note" else screen_of(result)  # a note stands only on paper
    return draw_on_screen(outline, **screen._asdict())


@each_place
@each_text
def test_screen_shows_a_text_and_keeps_its_shape(name: str, place: str) -> None:
    for screen in SCREENS:
        drawn, first = (shown_on(screen, place, text) for text in (HOSTILE[name], FIRST))
        check_lines(drawn, first, HOSTILE[name], screen.width)


@each_place
@each_text
def test_plain_file_holds_a_text_and_keeps_its_shape(name: str, place: str) -> None:
    drawn, first = (written_as("plain", place, text) for text in (HOSTILE[name], FIRST))
    check_lines(drawn, first, HOSTILE[name], 80)


def check_lines(drawn: str, first: str, text: str, width: int) -> None:
    assert max(cell_len(line) for line in COLORS.sub("", drawn).split("\n")) <= width
    assert unruly(drawn) == set()
    assert squeezed(COLORS.sub("", drawn)) == in_place_of_first(COLORS.sub("", first), text)
    assert {found[0] for found in COLORS.finditer(drawn)} == {found[0] for found in COLORS.finditer(first)}


# Markdown


def shape(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """Name the structure of a page, and in it every mark; without the texts."""
    for token in tokens:
        yield token.type, token.tag, token.markup
        yield from shape([child for child in token.children or [] if child.type not in ("text", "text_special")])


@each_place
@each_text
def test_markdown_holds_a_text_and_keeps_its_structure(name: str, place: str) -> None:
    drawn, first = (written_as("markdown", place, text) for text in (HOSTILE[name], FIRST))
    assert [*shape(MARKDOWN.parse(drawn))] == [*shape(MARKDOWN.parse(first))]
    assert unruly(drawn) == set()
    assert drawn.count("\n") == first.count("\n")
    said, said_first = (Page(f"<body>{MARKDOWN.render(page)}</body>") for page in (drawn, first))
    assert squeezed(said.texts["body"]) == in_place_of_first(said_first.texts["body"], HOSTILE[name])
    assert (said.tags(), said.unruly) == (said_first.tags(), [])


# HTML


@each_place
@each_text
def test_html_holds_a_text_and_makes_no_element_of_it(name: str, place: str) -> None:
    drawn, first = (Page(written_as("html", place, text)) for text in (HOSTILE[name], FIRST))
    assert (drawn.elements, drawn.unruly) == (first.elements, [])
    assert squeezed(drawn.texts["body"]) == in_place_of_first(first.texts["body"], HOSTILE[name])
    assert {part: drawn.texts[part] for part in ("title", "style")} == {
        part: first.texts[part] for part in ("title", "style")
    }
    assert unruly(drawn.html) == set()


# For programs


@each_text
def test_json_gives_a_note_back_exactly_and_recomputes_to_the_same_bytes(name: str) -> None:
    text = written_as("json", "note", HOSTILE[name])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    assert json.loads(text)["answers"]["note"] == HOSTILE[name]
    assert to_json(recomputed(load_result(text, "result.json", QUESTIONNAIRE))) == text


@each_text
def test_json_differs_only_in_the_note(name: str) -> None:
    result, first = (json.loads(written_as("json", "note", text)) for text in (HOSTILE[name], FIRST))
    result["answers"]["note"] = first["answers"]["note"]
    assert result == first


def test_answers_that_hold_half_a_character_are_refused() -> None:
    with pytest.raises(iop_fit.IopFitError, match="half of a character"):
        noted("\ud800")


def test_name_of_half_a_character_is_left_out() -> None:
    first = written_as("markdown", "name", FIRST)
    assert export(named(f"\ud800{FIRST}\udfff"), "markdown").decode() == first


def fhir_texts(resource: dict[str, object]) -> Iterator[str]:
    """Give the narrative of a resource as text; it must be well-formed XML, without any active part."""
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
def test_fhir_holds_a_note_as_a_string(name: str) -> None:
    text = written_as("fhir", "note", HOSTILE[name])
    assert unruly(text) == set()
    assert fhir_note(text) == sanitize(HOSTILE[name])


@each_text
def test_fhir_holds_a_name_where_people_read_it_and_where_programs_do(name: str) -> None:
    text = written_as("fhir", "name", HOSTILE[name])
    resource = json.loads(text)["entry"][1]["resource"]
    first = json.loads(written_as("fhir", "name", FIRST))["entry"][1]["resource"]
    assert unruly(text) == set()
    assert resource["subject"] == {"display": sanitize(HOSTILE[name])}
    assert squeezed("".join(fhir_texts(resource))) == in_place_of_first("".join(fhir_texts(first)), HOSTILE[name])


# PDF

TURNED = {"arabic", "hebrew-and-latin"}
"""Texts that run from right to left: whoever reads a PDF puts their letters in another order."""


@each_text
def test_pdf_gives_a_note_back(name: str) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    result = noted(HOSTILE[name])
    pages = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(export(result, "pdf"))]
    paper = paper_of(result)
    named, foot = (re.escape(comparable(said)) for said in (paper.named, paper.foot))
    text = "".join(re.sub(f"({named})?{foot}\\d+/{len(pages)}$", "", comparable(page)) for page in pages)
    note = sanitize(HOSTILE[name])
    expected = {comparable(note), comparable(replaced(note))}  # the second where no font here covers it
    if name in TURNED:
        assert any(Counter(each) <= Counter(text) for each in expected)
    else:
        assert any(each in text for each in expected)


def comparable(text: str) -> str:
    """Take out what a PDF does not tell: white space, hyphens, and how signs are joined."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if letter.isalnum() or (letter.isascii() and letter not in " \n\r-"))


# The real command with a real file, and all of its files at once

SHORT = [text for text in HOSTILE.values() if len(text) < 200]
COMMANDS = {
    "short-ones-together": "\n".join(SHORT),
    "many-lines": HOSTILE["many-lines"],
    "wide-word": HOSTILE["wide-word"],
}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Done, Path]]:
    """Run the command on each of some notes, side by side."""

    def run(note: str, command: Command) -> tuple[Done, Path]:
        command.write("answers.json", answers_file(note))
        exports = [part for suffix in SUFFIXES for part in ("--export", f"page{suffix}")]
        return command("assess", "--answers", "answers.json", *exports), command.folder

    folders = [Command(tmp_path_factory.mktemp("hostile")) for _ in COMMANDS]
    with ThreadPoolExecutor() as pool:
        return dict(zip(COMMANDS, pool.map(run, COMMANDS.values(), folders), strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_writes_every_file_of_a_hostile_note(commands: dict[str, tuple[Done, Path]], name: str) -> None:
    done, folder = commands[name]
    assert (done.status, done.stderr) == (0, "".join(f"Written: page{suffix}\n" for suffix in SUFFIXES))
    assert unruly(done.stdout) == set()
    assert {path.name for path in folder.iterdir()} == {"answers.json", *(f"page{suffix}" for suffix in SUFFIXES)}
    files = {suffix: (folder / f"page{suffix}").read_bytes() for suffix in SUFFIXES}
    assert json.loads(files[".json"])["answers"]["note"] == COMMANDS[name]
    note = squeezed(sanitize(COMMANDS[name]))
    assert note in squeezed(files[".txt"].decode())
    assert note in squeezed(Page(files[".html"].decode()).texts["body"])
    assert note in squeezed(Page(f"<body>{MARKDOWN.render(files['.md'].decode())}</body>").texts["body"])
    assert fhir_note(files[".fhir.json"].decode()) == sanitize(COMMANDS[name])
    assert files[".pdf"].startswith(b"%PDF")


def test_a_note_of_nothing_that_can_be_seen_leaves_no_heading_over_nothing() -> None:
    text = written_as("plain", "note", "\u202e\u200b")
    assert "own words" not in text
