"""YAML and JSON readers: nodes with positions for valid text, problems for any other."""

import json
from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.json_reader import read_json
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.files.parsing.yaml_reader import read_nodes, read_yaml
from iop_fit.files.reading import decode
from iop_fit.limits import MAX_BYTES, MAX_DEPTH


@pytest.fixture(params=["C parser", "Python parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with each of PyYAML's two parsers."""
    if request.param == "Python parser":
        monkeypatch.delattr(yaml, "CSafeLoader")


@pytest.fixture(params=["C parser", "Python parser", "JSON"])
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with each reader of text that is both JSON and YAML; return the file name."""
    if request.param == "Python parser":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return "it.json" if request.param == "JSON" else "it.yaml"


def read(text: str, name: str) -> Node:
    """Read text with the reader that its name calls for."""
    return read_json(text, name) if name.lower().endswith(".json") else read_yaml(text, name)


def plain(node: Node) -> object:
    """Return the content of a node, without positions."""
    match node:
        case ScalarNode(text):
            return text
        case SequenceNode(nodes):
            return [plain(each) for each in nodes]
        case MappingNode(entries):
            return {key.text: plain(value) for key, value in entries}


def places(node: Node) -> list[tuple[str, int, int]]:
    """Return the text and position of each node."""
    match node:
        case ScalarNode(text, place):
            return [(text, *place[1:])]
        case SequenceNode(nodes, place):
            return [("[", *place[1:]), *(found for each in nodes for found in places(each))]
        case MappingNode(entries, place):
            return [("{", *place[1:]), *(found for pair in entries for each in pair for found in places(each))]


def problems_of(text: str, name: str = "it.yaml") -> list[str]:
    """Return each problem's place, code and message."""
    with pytest.raises(IopFitError) as caught:
        read(text, name)
    return [f"{problem.place} [{problem.code}] {problem.message}" for problem in caught.value.problems]


def codes_of(text: str, name: str = "it.yaml") -> list[str]:
    """Return each problem's place and code; used if the message comes from the parser."""
    with pytest.raises(IopFitError) as caught:
        read(text, name)
    return [f"{problem.place} [{problem.code}]" for problem in caught.value.problems]


# Which reader


FLAG = '"here \\udb40\\udc67"'
"""A letter that JSON may escape as two halves, and YAML may not."""


@pytest.mark.parametrize("name", ["it.json", "it.yaml", "it", "standard input"])
@pytest.mark.parametrize("start", ["", "\n \t\r\n", "\ufeff", "\ufeff\n"], ids=["at once", "blank", "mark", "both"])
def test_text_in_brackets_is_read_as_json(name: str, start: str) -> None:
    node = read_nodes(f'{start}{{\n  "a": [{FLAG}]\n}}\n', name)
    assert plain(node) == {"a": ["here \U000e0067"]}


def test_yaml_in_brackets_is_refused_with_advice() -> None:
    with pytest.raises(IopFitError) as caught:
        read_nodes("{questionnaire: tiny}\n", "it.yaml")
    assert str(caught.value) == (
        "it.yaml:1:2: This is not valid JSON (Expecting property name enclosed in double quotes).\n"
        "  It begins with a bracket, so it is read as JSON. Check here and just before: a missing or extra comma, quote"
        " or bracket. YAML begins with a key, such as `answers:`."
    )


@pytest.mark.parametrize("text", ["# c\n{a: b}", "--- {a: b}", "a: {b: c}", "- [a]"])
def test_any_other_text_is_read_as_yaml(text: str) -> None:
    assert read_nodes(text, "it.yaml") == read_yaml(text, "it.yaml")


# Valid text


@pytest.mark.usefixtures("parser")
def test_yaml_keeps_plain_values_as_text() -> None:
    written = ["no", "12:30", "null", "~", "0x1F", "1_000", "1e3", "2026-11-23", ".inf", "<<", "on", "010"]
    assert plain(read_yaml("\n".join(f"- {text}" for text in written), "it.yaml")) == written


@pytest.mark.usefixtures("parser")
def test_yaml_reads_missing_value_as_empty_text() -> None:
    assert plain(read_yaml("a:\nb: ''\nc: {d, e: }\n", "it.yaml")) == {"a": "", "b": "", "c": {"d": "", "e": ""}}


@pytest.mark.usefixtures("parser")
def test_yaml_nodes_have_their_positions() -> None:
    assert places(read_yaml("# é\ntitle: café\nlist:\n  - {é: a,  b: c}\n  - >-\n    folded\n", "it.yaml")) == [
        ("{", 2, 1),
        ("title", 2, 1),
        ("café", 2, 8),
        ("list", 3, 1),
        ("[", 4, 3),
        ("{", 4, 5),
        ("é", 4, 6),
        ("a", 4, 9),
        ("b", 4, 13),
        ("c", 4, 16),
        ("folded", 5, 5),
    ]


def test_json_nodes_have_their_positions() -> None:
    assert places(read('{\n "é": [1, "b"],\r\n\t"c" : {"d":null}}\n', "it.json")) == [
        ("{", 1, 1),
        ("é", 2, 2),
        ("[", 2, 7),
        ("1", 2, 8),
        ("b", 2, 11),
        ("c", 3, 2),
        ("{", 3, 8),
        ("d", 3, 9),
        ("", 3, 13),
    ]


def test_json_keeps_numbers_and_words_as_text() -> None:
    assert plain(read('[0, -1.50, 1e400, true, false, null, NaN, "null"]', "it.JSON")) == [
        *("0", "-1.50", "1e400", "true", "false", "", "NaN", "null")
    ]


def test_json_reads_numbers_of_any_length() -> None:
    assert plain(read("7" * 5_000, "it.json")) == "7" * 5_000


def test_json_joins_surrogate_pairs() -> None:
    assert plain(read(r'"\ud83d\ude42"', "it.json")) == "\N{SLIGHTLY SMILING FACE}"


def test_reader_accepts_windows_line_ends(name: str) -> None:
    text = '{"a": [1,\n "b"],\n "c":\n  "d"}\n'
    assert read(text.replace("\n", "\r\n"), name) == read(text, name)


def test_byte_order_mark_shifts_no_position(name: str) -> None:
    assert read(decode(b'\xef\xbb\xbf{"a": 1}', name), name) == read('{"a": 1}', name)


# Bytes


def decoding_problem(content: bytes) -> list[str]:
    with pytest.raises(IopFitError) as caught:
        decode(content, "it.yaml")
    return [f"{problem.place} [{problem.code}] {problem.message}" for problem in caught.value.problems]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize(
    ("content", "place"),
    [(b"\xff", "1:1"), ("é: ".encode() + b"\xe9", "1:4"), ("a\r\né".encode() + b"\xe9t\n", "2:2"), (b"a\n\x80", "2:1")],
)
def test_decode_locates_invalid_utf_8(before: bytes, content: bytes, place: str) -> None:
    assert decoding_problem(before + content) == [
        f"it.yaml:{place} [not-utf-8] This file is not valid UTF-8 from here on."
    ]


def test_decode_refuses_two_megabytes() -> None:
    assert decoding_problem(b"\xff" * 2_000_000) == [
        "it.yaml [too-large] This file is larger than 1,048,576 bytes, so it was not read."
    ]


def test_decode_accepts_maximum_size() -> None:
    assert len(decode(b"#" * MAX_BYTES, "it.yaml")) == MAX_BYTES


# Invalid text


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", " \n\n", "# only\n# comments\n"], ids=repr)
def test_yaml_without_content_is_empty(text: str) -> None:
    assert problems_of(text) == ["it.yaml [empty] This file is empty."]


@pytest.mark.usefixtures("parser")
def test_yaml_reports_duplicate_keys_in_file_order() -> None:
    assert problems_of("a: 1\na: {b: 2, b: 3}\nc: [{d: 4, d: 5}]\na: 6\n") == [
        "it.yaml:2:1 [equal-keys] Duplicate key; the first one is on line 1.",
        "it.yaml:2:11 [equal-keys] Duplicate key; the first one is on line 2.",
        "it.yaml:3:12 [equal-keys] Duplicate key; the first one is on line 3.",
        "it.yaml:4:1 [equal-keys] Duplicate key; the first one is on line 1.",
    ]


def test_json_reports_duplicate_keys_in_file_order() -> None:
    assert problems_of('{"a": 1,\n"a": {"b": 2, "b": 3},\n"\\u0061": [{"d": 4, "d": 5}]}', "it.json") == [
        "it.json:2:1 [equal-keys] Duplicate key; the first one is on line 1.",
        "it.json:2:15 [equal-keys] Duplicate key; the first one is on line 2.",
        "it.json:3:1 [equal-keys] Duplicate key; the first one is on line 1.",
        "it.json:3:21 [equal-keys] Duplicate key; the first one is on line 3.",
    ]


def test_duplicate_key_message_omits_the_key(name: str) -> None:
    assert problems_of(r'{"\u001b[2J": 1, "\u001b[2J": 2}', name) == [
        f"{name}:1:18 [equal-keys] Duplicate key; the first one is on line 1."
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: &b c\nd: *b\ne: *b\n", ["1:4 [anchor]", "2:4 [alias]"]),
        ("a: *b\n", ["1:4 [alias]"]),
        ("a: &b [c]\nd: &e {f: g}\n", ["1:4 [anchor]", "2:4 [anchor]"]),
        ("a: !!int 1\nb: !other [c]\nd: !!python/object:os.system {}\n", ["1:4 [tag]", "2:4 [tag]", "3:4 [tag]"]),
        ("a: &b !c d\n", ["1:4 [tag]", "1:4 [anchor]"]),
        ("a\n---\nb\n", ["2:1 [second-document]"]),
        ("--- a\n...\n--- b\n", ["3:1 [second-document]"]),
        ("? [a, b]\n: c\n? {d: e}\n: f\n", ["1:3 [key-not-text]", "3:3 [key-not-text]"]),
    ],
    ids=["anchor and alias", "alias", "anchors", "tags", "both", "document", "dashed documents", "keys"],
)
def test_yaml_refuses_unsupported_features(text: str, problems: list[str]) -> None:
    assert codes_of(text) == [f"it.yaml:{problem}" for problem in problems]


@pytest.mark.usefixtures("parser")
def test_yaml_reports_problems_before_syntax_error() -> None:
    assert codes_of("a: &b 1\nc: {d: 2, d: 3}\ne: [\n") == [
        "it.yaml:1:4 [anchor]",
        "it.yaml:2:11 [equal-keys]",
        "it.yaml:4:1 [broken-yaml]",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [("", "1:1"), ("[1 2]", "1:4"), ("{'a': 1}", "1:2"), ('[1,\n "b]', "2:2"), ("nul", "1:1"), ("[1] 2", "1:5")],
    ids=["empty", "comma", "quotes", "unclosed", "word", "extra"],
)
def test_json_locates_syntax_error(text: str, place: str) -> None:
    assert codes_of(text, "it.json") == [f"it.json:{place} [broken-json]"]


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x9B, 0xFFFE])
@pytest.mark.usefixtures("parser")
def test_yaml_locates_control_character(code: int) -> None:
    kind = "no character" if code == 0xFFFE else "control character"
    expected = [f"it.yaml:3:8 [control-character] U+{code:04X} ({kind}) is not allowed in a text file."]
    assert problems_of(f"é: ü\r\n# 🙂 ok\r\nsecond{'é'}{chr(code)}: b{chr(code)}\n") == expected


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B])
def test_json_locates_control_character(code: int) -> None:
    assert codes_of(f'{{"é":\r\n "ü{chr(code)}"}}', "it.json") == ["it.json:2:4 [broken-json]"]


def test_json_refuses_lone_surrogate() -> None:
    message = "[half-character] This text contains half of a character (a lone surrogate)."
    assert problems_of('{"\\ud83d":\n ["a\\udE42b"]}', "it.json") == [
        f"it.json:1:2 {message}",
        f"it.json:2:3 {message}",
    ]


@pytest.mark.usefixtures("parser")
def test_yaml_refuses_lone_surrogate() -> None:
    assert len(codes_of('a: "\\ud83d"\n')) == 1


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", [r'"\UFFFFFFFF"', r'"\U00110000"', f"%YAML 1.{'1' * 5_000}\n--- a\n", "\ud800"])
def test_yaml_refuses_out_of_range_numbers(text: str) -> None:
    assert len(codes_of(text)) == 1


# Depth


def nested(opening: str, inside: str, closing: str, depth: int) -> str:
    return opening * depth + inside + closing * depth


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "mappings"])
@pytest.mark.parametrize("inside", ["1", ""], ids=["full", "empty"])
def test_reader_accepts_maximum_depth(name: str, opening: str, closing: str, inside: str) -> None:
    inside = inside if opening == "[" else inside or '""'
    assert read(nested(opening, inside, closing, MAX_DEPTH), name).place == Place(name, 1, 1)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "mappings"])
@pytest.mark.parametrize("inside", ["[]", "[1]", "{}"], ids=["empty list", "list", "empty mapping"])
def test_reader_refuses_excess_depth_where_it_starts(name: str, opening: str, closing: str, inside: str) -> None:
    column = len(opening) * MAX_DEPTH + 1
    assert problems_of(nested(opening, inside, closing, MAX_DEPTH), name) == [
        f"{name}:1:{column} [too-deep] Lists and mappings are nested more than 20 levels deep here."
    ]


@pytest.mark.parametrize("opening", ["[", '{"a":', "[\n"], ids=["lists", "mappings", "lines"])
def test_reader_refuses_100000_open_brackets(name: str, opening: str) -> None:
    line, column = (MAX_DEPTH + 1, 1) if opening.endswith("\n") else (1, len(opening) * MAX_DEPTH + 1)
    assert problems_of(opening * 100_000, name) == [
        f"{name}:{line}:{column} [too-deep] Lists and mappings are nested more than 20 levels deep here."
    ]


@pytest.mark.usefixtures("parser")
def test_yaml_refuses_100000_nested_dashes() -> None:
    assert codes_of("- " * 100_000) == ["it.yaml:1:41 [too-deep]"]


def test_json_ignores_brackets_inside_strings() -> None:
    assert plain(read(json.dumps(['"\\' + "[{" * 50]), "it.json")) == ['"\\' + "[{" * 50]


# Arbitrary text

SCRAPS = st.sampled_from([
    *"[]{}:,-?'\"\\&*!%|>#@`~ \t\n2aé🙂\x00\x1b\x7f\x85\u2028\ufeff\ufffe",
    *(": ", "- ", "? ", "\r\n", "&a ", "*a", "!!", "!<", "%YAML 1.1", "%TAG ! ", "---", "...", ">-", "<<", "null"),
    *("\\u", "\\U", "\\x", "d800", "FFFFFFFF", "1e999"),
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.text(st.characters()), st.lists(SCRAPS, max_size=40).map("".join))


def reads_or_reports(read: Callable[[], Node]) -> None:
    problems: tuple[Problem, ...] | None = None
    try:
        read()
    except IopFitError as error:
        problems = error.problems
    assert problems != ()


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@given(text=TEXTS)
@example(text=r'"\UFFFFFFFF"')
def test_yaml_reads_or_refuses_any_text(loader: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
        reads_or_reports(lambda: read(text, "it.yaml"))


@given(text=TEXTS)
def test_json_reads_or_refuses_any_text(text: str) -> None:
    reads_or_reports(lambda: read(text, "it.json"))


@given(content=st.binary() | TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_decode_accepts_or_refuses_any_bytes(content: bytes) -> None:
    reads_or_reports(lambda: read(decode(content, "it.yaml"), "it.yaml"))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"))
VALUES = st.recursive(
    WORDS, lambda values: st.lists(values, max_size=4) | st.dictionaries(WORDS, values, max_size=4), max_leaves=12
)


@given(value=VALUES, flow=st.booleans(), style=st.sampled_from(["", "'", '"']), width=st.sampled_from([20, 10_000]))
def test_yaml_parsers_give_the_same_nodes(value: object, flow: bool, style: str, width: int) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=not style, width=width, default_style=style)
    found = read_yaml(text, "it.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        assert read_yaml(text, "it.yaml") == found
    assert plain(found) == value


@given(value=VALUES, indent=st.sampled_from([None, 2, "\t"]), ascii_only=st.booleans())
def test_json_round_trips_values(value: object, indent: int | str | None, ascii_only: bool) -> None:
    assert plain(read(json.dumps(value, indent=indent, ensure_ascii=ascii_only), "it.json")) == value


@given(value=VALUES, indent=st.sampled_from([None, 2]))
def test_json_and_yaml_give_the_same_positions(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    assert places(read(text, "it.json")) == places(read(text, "it.yaml"))
