"""Hostile input by class, and readers that check it causes only problems or results."""

import gc
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from iop_fit.checking.checker import check_reading
from iop_fit.checking.output import check_json, check_text
from iop_fit.checking.witnesses import maximal_sheet
from iop_fit.cli.lists.questions import listing_json, listing_text
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.snippet import Snippets
from iop_fit.files.reading import decode
from iop_fit.limits import MAX_BYTES
from iop_fit.loading.loader import read_questionnaire
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.recomputed import recomputing
from iop_fit.report.formats import draw_on_screen, export, render
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import blank_sheet, load_sheet, read_loosely
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed, same_as_saved
from support import DAY

__all__ = ["CLASSES", "MARKS", "Reader", "calm", "mutated", "readers", "render_everything", "seconds"]

OURS = re.compile(r"\x1b\[\d+(;\d+)*m")
"""Color codes, the only escape sequences in styled text."""

UNRULY = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that must not reach a terminal: controls except the line end, and bidirectional marks."""

FORMATS = ("markdown", "html", "json", "fhir")

MARKS = {
    "terminal: color": "\x1b[31mred\x1b[0m",
    "terminal: screen": "\x1b[2J\x1b[1;1H\x1bc",
    "terminal: link (OSC 8)": "\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\",
    "terminal: clipboard (OSC 52)": "\x1b]52;c;ZWNobw==\x07",
    "terminal: DCS": "\x1bP$q\x1b\\",
    "terminal: C1": "\x9b31m\x9d52;c;x\x9c\x90q\x9c\x85",
    "terminal: bell, return, delete": "\x07\x08\r\x7f",
    "NUL": "a\x00b",
    "Rich markup": "[bold]a[/bold] [/] [link=https://example.org]b[/link] :smile:",
    "turned direction": "\u202egpj.exe\u202c \u2066a\u2069 \u200f\u061c",
    "zero width": "a\u200bb\u2060c\ufeffd",
    "line separators": "one\u2028two\u2029three\x85four",
    "HTML": "</style><script>alert(1)</script><img src=x onerror='x'>",
    "Typst": '#eval("1") $x$ = H <label> @ref // /* \\u{202e}',
    "Markdown": "# a\n| b |\n```\n[c](x)",
    "shell and Python": "$(id) `id` {0} %s ${HOME} {{7*7}}",
    "keys of languages": "__class__ __proto__ constructor",
    "long": "w" * 3_000,
}
"""Strings that may replace any text in a file."""


def calm(text: str) -> str:
    """Return the text; fail if it is not safe for a terminal."""
    found = UNRULY.search(OURS.sub("", text))
    assert not found, ascii(text[max(0, found.start() - 40) : found.end() + 40])
    return text


def seconds(act: Callable[[], object]) -> float:
    """Return the processor time that an action takes, without garbage collection, as in the program itself.

    A collection goes through all that the tests before this one left in memory.
    """
    gc.disable()
    try:
        start = time.process_time()
        act()
        return time.process_time() - start
    finally:
        gc.enable()


# Readers


Reader = Callable[[bytes], bool]
"""Reads a file, checks all output and returns whether the file was accepted."""


def readers(questionnaire: Questionnaire, folder: Path) -> Mapping[str, Reader]:
    """Return a reader for each kind of file; `folder` is for questionnaire files."""
    return {
        "answers (YAML)": lambda content: _accepted(lambda: _assess(content, "a.yaml", questionnaire)),
        "answers (JSON)": lambda content: _accepted(lambda: _assess(content, "a.json", questionnaire)),
        "result": lambda content: _accepted(lambda: _revisit(content, questionnaire)),
        "draft": lambda content: _accepted(lambda: read_loosely(decode(content, "d.json"), "d.json", questionnaire)),
        "questionnaire": lambda content: _author(content, folder / "it.yaml"),
        "part of a folder": lambda content: _part(content, folder / "parts"),
        "examples": lambda content: _examples(content, folder / "sound.yaml"),
    }


def _accepted(read: Callable[[], object]) -> bool:
    try:
        read()
    except IopFitError as error:
        calm("\n".join(map(str, error.problems)) or "\0")  # an error always has a message
        return False
    return True


def _assess(content: bytes, name: str, questionnaire: Questionnaire) -> None:
    sheet = load_sheet(decode(content, name), name, questionnaire).sheet
    result = assess(questionnaire, sheet, on=DAY, include_private=True)
    for plain in (False, True):
        calm(render(result, width=80, color=not plain, plain=plain))
    for kind in FORMATS:
        calm(export(result, kind).decode())


def _revisit(content: bytes, questionnaire: Questionnaire) -> None:
    saved = load_result(decode(content, "r.json"), "r.json", questionnaire)
    again = recomputed(saved)
    lines = recomputing(saved, same_as_saved(saved, to_json(again)))
    calm("\n".join((*lines, render(again, width=80, color=True, plain=False))))
    for old, new in _pairs(saved):
        calm(draw_on_screen(comparison_of(difference_of(old, new)), width=80, color=True, plain=False))


def _pairs(saved: SavedResult) -> Iterator[tuple[SavedResult, SavedResult]]:
    yield saved, saved._replace(sheet=maximal_sheet(saved.questionnaire))
    yield saved.public(), saved


def _author(content: bytes, path: Path) -> bool:
    path.write_bytes(content)
    return _checked(path)


def _part(content: bytes, folder: Path) -> bool:
    (folder / "part.yaml").write_bytes(content)
    return _checked(folder)


def _checked(path: Path, examples: tuple[tuple[str, str], ...] = ()) -> bool:
    reading = read_questionnaire(path)
    _accepted(lambda: _raise(IopFitError(reading.problems)) if reading.problems else None)
    done = check_reading(reading, examples, DAY)
    calm(check_text(done, Snippets().of))
    calm(check_json(done))
    if reading.questionnaire:
        render_everything(reading.questionnaire)
    return reading.questionnaire is not None


def _examples(content: bytes, path: Path) -> bool:
    return _accepted(lambda: _checked(path, (("example.yaml", decode(content, "example.yaml")),)))


def _raise(error: Exception) -> None:
    raise error


def render_everything(questionnaire: Questionnaire, formats: tuple[str, ...] = FORMATS) -> None:
    """Render a questionnaire and a result in every format."""
    for text in (listing_text, listing_json, blank_sheet):
        calm(text(questionnaire))
    result = assess(questionnaire, maximal_sheet(questionnaire), on=DAY, include_private=True)
    for plain in (False, True):
        calm(render(result, width=80, color=not plain, plain=plain))
    for kind in formats:
        content = export(result, kind)
        if kind != "pdf":
            calm(content.decode())


# Input


def _filled(unit: str, *, before: str = "", after: str = "", size: int = MAX_BYTES) -> str:
    return before + unit * ((size - len(before) - len(after)) // len(unit.encode())) + after


def _numbered(unit: str, *, before: str = "", after: str = "", size: int = MAX_BYTES) -> str:
    number = (size - len(before) - len(after)) // len(unit.format(0).encode())
    return before + "".join(unit.format(each) for each in range(number)) + after


def _laughs() -> str:
    lines = ['a0: &a0 ["lol", "lol"]', *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))]
    return "\n".join(lines)


CLASSES: dict[str, dict[str, str | bytes]] = {
    "aliases and anchors": {
        "billion laughs": _laughs(),
        "alias": "answers: *x\n",
        "anchor": "answers: &x {sleep: good}\n",
        "anchor on itself": "&x answers: {sleep: &x good, used: *x}\n",
        "very many anchors": _filled("&a b,", before="answers: [", after="]"),
        "merge key": "answers:\n  <<: {sleep: good}\n  <<: [{a: b}]\n",
        "merge of an alias": "x: &x {sleep: good}\nanswers: {<<: *x}\n",
    },
    "tags and types": {
        "python object": "answers: !!python/object/apply:os.system [id]\n",
        "python name": "answers: {sleep: !!python/name:os.system }\n",
        "binary and set": "answers: {sleep: !!binary aGk=, used: !!set {pills}}\n",
        "own tag": "%TAG ! tag:example.org,2000:\n---\nanswers: !x {sleep: !y good}\n",
        "very many tags": _filled("!x b,", before="answers: [", after="]"),
        "many documents": _filled("---\na: b\n"),
        "version": "%YAML 9.9\n---\nanswers: {}\n",
    },
    "depth": {
        "flow lists": "[" * 100_000,
        "flow mappings": "{a: " * 100_000,
        "closed": "[" * 5_000 + "]" * 5_000,
        "block lists": "- " * 100_000,
        "block mappings": "\n".join(" " * depth + "a:" for depth in range(1_000)),
        "twenty": "[" * 20 + "]" * 20,
        "twenty-one": "[" * 21 + "]" * 21,
        "json": '{"answers":' + '{"a":' * 50_000,
        "question marks": "? " * 200_000,
    },
    "size": {
        "just too large": _filled("#"),
        "one more": _filled("#", size=MAX_BYTES + 1),
        "a long text": _filled("w", before="answers: {words: ", after="}"),
        "a long key": _filled("w", before="answers: {", after=": a}"),
        "a long option": _filled("sleepless", before="answers: {sleep: ", after="}"),
        "very many entries": _filled("- \n", before="answers:\n"),
        "very many values": _filled("a,", before="answers: {used: [", after="]}"),
        "very many options": _filled("pills,", before="answers: {used: [", after="]}"),
        "very many unknown options": _numbered("p{:06},", before="answers: {used: [", after="]}"),
        "very many unknown questions": _numbered(" k{:06}: a\n", before="answers:\n"),
        "very many slips": _numbered(" slee{:06}: a\n", before="answers:\n"),
        "very many unknown keys": _numbered("k{:06}: a\n"),
        "very many equal keys": _filled("  a: b\n", before="answers:\n"),
        "very many keys that are lists": _filled("[a]: b, ", before="answers: {", after="}"),
        "very many nothings": _filled("{},", before="rules: [", after="]"),
        "very many listed files": _filled("a,", before="files: [", after="]"),
        "json entries": _filled("1,", before='{"answers":[', after="1]}"),
        "json keys": _numbered('"k{:06}":1,', before='{"answers":{', after='"x":1}}'),
        "json equal keys": _filled('"":1,', before='{"answers":{', after='"x":1}}'),
        "json quotes": _filled('"'),
        "json backslashes": _filled("\\", before='"'),
        "lines alone": _filled("\n"),
        "spaces": _filled(" ", before="answers: {sleep: good}"),
        "nothing": "",
        "a file name of 300 letters": f"files: [{'a' * 300}.yaml]\n",
    },
    "encodings": {
        **{
            name: "answers: {sleep: good, words: f\u00fcr mich}\n".encode(name)
            for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "utf-8-sig", "utf-7")
        },
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbfanswers: {}\n",
        "half of a letter": b"answers: {words: \xe2\x82}\n",
        "overlong": b"answers: {words: \xc0\xaf}\n",
        "CESU": b"answers: {words: \xed\xa0\xbd\xed\xb8\x80}\n",
        "bytes": bytes(range(256)),
        "beyond Unicode": b"answers: {words: \xf4\x90\x80\x80}\n",
    },
    "control characters and surrogates": {
        "NUL": "answers: {words: a\x00b}\n",
        "NUL at once": "\x00",
        "escaped NUL": 'answers: {words: "a\\0b", "\\0": x}\n',
        "each control": "".join(f'"\\x{code:02x}": "\\x{code:02x}"\n' for code in (*range(32), *range(127, 160))),
        "lone surrogate": '{"answers": {"words": "\\ud800", "\\udfff": 1}}',
        "yaml surrogate": 'answers: {words: "\\ud800", "\\uDFFF": 1}\n',
        "swapped surrogates": '{"answers": {"words": "\\ude00\\ud83d"}}',
        "beyond": 'answers: {words: "\\UFFFFFFFF"}\n',
        "file with NUL": 'files: ["a\\0.yaml", "../x.yaml", "/dev/stdin.yaml", "a/b.yaml", "..", ".yaml"]\n',
        "next line": "answers:\x85  sleep: good\u2028  used: []\u2029",
    },
    "numbers": {
        "100,000 digits": f"answers: {{sleep: {'9' * 100_000}}}\nminutes: {'9' * 100_000}\n",
        "json digits": f'{{"answers": {{"sleep": {"9" * 100_000}}}, "minutes": -{"1" * 5_000}}}',
        "exponents": '{"answers": {"sleep": 1e999, "words": -1E-999}}',
        "no numbers": "answers: {sleep: .nan, words: -.inf, used: [0x1F, 0o17, 1_000, 12:30]}\n",
        "json constants": '{"answers": {"sleep": NaN, "words": -Infinity}}',
        "columns": f"answers: {'{a: ' * 19}{'1' * 5_000}\n",
        "days": "verified on: 99999-99-99\nassessed_on: 0000-00-00\n",
    },
    "keys": {
        "of Python": "__class__: {__init__: x}\n__proto__: []\nconstructor: {a: b}\nanswers: {__class__: good}\n",
        "of JSON": '{"answers": {"__proto__": {"skipped": "dont-know"}, "": 1, "get": 2, "entries": []}}',
        "twice": "answers: {sleep: good}\nanswers: {sleep: sleepless}\n",
        "json twice": '{"answers": {"sleep": "good", "sleep": "sleepless"}}',
        "no text": "answers: {[a]: b, {c: d}: e, ? [f] : g}\n",
        "empty": "answers: {'': '', ~: ~, null: null}\n: \n",
    },
}
"""Complete files by class; each goes to every reader."""


def mutated(text: str, seed: int, marks: tuple[str, ...]) -> bytes:
    """Return a text with one to three random changes."""
    rng = random.Random(seed)
    content = text.encode()
    for _ in range(rng.randint(1, 3)):
        content = rng.choice(MUTATIONS)(content, rng, rng.choice(marks).encode(errors="replace"))
    return content


def _line(act: Callable[[list[bytes], int], object]) -> "Mutation":
    def mutation(content: bytes, rng: random.Random, _: bytes) -> bytes:
        lines = content.split(b"\n")
        act(lines, rng.randrange(len(lines)))
        return b"\n".join(lines)

    return mutation


def _swap(lines: list[bytes], at: int) -> None:
    lines[at - 1], lines[at] = lines[at], lines[at - 1]


def _at_a_word(content: bytes, rng: random.Random, mark: bytes) -> bytes:
    """Replace a word with a mark, usually quoted."""
    words = [*re.finditer(rb"[\w-]+", content)]
    if not words:
        return mark
    found = rng.choice(words)
    quoted = json.dumps(mark.decode()).encode() if rng.random() < 0.8 else mark
    return content[: found.start()] + quoted + content[found.end() :]


def _anywhere(content: bytes, rng: random.Random, mark: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + mark + content[at:]


def _flip(content: bytes, rng: random.Random, _: bytes) -> bytes:
    changed = bytearray(content or b" ")
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


Mutation = Callable[[bytes, random.Random, bytes], bytes]
MUTATIONS: tuple[Mutation, ...] = (
    _line(lambda lines, at: lines.pop(at)),
    _line(lambda lines, at: lines.insert(at, lines[at])),
    _line(_swap),
    _line(lambda lines, at: lines.__setitem__(at, lines[at][1:])),
    _line(lambda lines, at: lines.__setitem__(at, b" " + lines[at])),
    lambda content, rng, _: content[: rng.randrange(len(content) + 1)],
    lambda content, rng, _: content[rng.randrange(len(content) + 1) :],
    _at_a_word,
    _at_a_word,
    _at_a_word,
    _anywhere,
    _flip,
)
