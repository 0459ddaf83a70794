"""Hostile files: each is read or refused with messages, quickly, and sends no control characters to a terminal.

The files are defined in `hostile.py`.
"""

import json
import os
import pty
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_fit.checking.checker import Check, check_reading
from iop_fit.checking.output import check_text
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Written
from iop_fit.domain.assess import assess
from iop_fit.errors import IopFitError, Place
from iop_fit.files.parsing.snippet import Snippets
from iop_fit.limits import MAX_NODES, MAX_NOTE, MAX_PROBLEMS, MAX_REDUNDANT_RULES
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.report.formats import export, render
from iop_fit.storage.answer_files import dump_sheet, load_sheet, read_loosely
from support import DAY, EXAMPLES, ROOT
from support.hostile import CLASSES, MARKS, Reader, calm, mutated, readers, render_everything, seconds

MOST_SECONDS = 1.0 if sys.gettrace() is None else 4.0
"""Limit of processor time per file; higher while coverage is measured."""

MOST_MEGABYTES = 200
MORE_ON_PAPER = 50
"""What the options and a drawing add to a PDF of the longest note in rare letters, on the most pages."""

VALID = ROOT / "tests" / "questionnaires" / "valid"
QUESTIONS = VALID / "folder"
MINIMAL = (VALID / "minimal.yaml").read_text()
STARTER = (ROOT / "src" / "iop_fit" / "cli" / "starter.yaml").read_text()
QUESTIONNAIRE = load_questionnaire(QUESTIONS)
BUNDLED = load_questionnaire(ROOT / "questions" / "program-fit")
ANSWERS = """\
person: Somebody
questionnaire: small
for: me
answers:
  sleep: sleepless
  used: [alcohol, pills]
  pills-daily: daily
  pay: {skipped: dont-know}
  home-safe: unsafe
  words: Thank you.
"""
EXAMPLE = """\
person: Somebody
questionnaire: minimal
answers: {alone: often}
expect: {direction: more, highest: more, firm: yes, alerts: [], open alerts: [], rules: [alone-often]}
"""


def sheet_as_json() -> str:
    return dump_sheet(load_sheet(ANSWERS, "a.yaml", QUESTIONNAIRE).sheet, QUESTIONNAIRE)


def result() -> str:
    sheet = load_sheet(ANSWERS, "a.yaml", QUESTIONNAIRE).sheet
    return export(assess(QUESTIONNAIRE, sheet, on=DAY, include_private=True), "json").decode()


SOUND: Mapping[str, str] = {
    "answers (YAML)": ANSWERS,
    "answers (JSON)": sheet_as_json(),
    "result": result(),
    "draft": sheet_as_json(),
    "questionnaire": MINIMAL,
    "part of a folder": "sources:\n  - {id: book, cite: A book., link: https://example.org}\n",
    "examples": EXAMPLE,
}
"""A valid file of each kind."""


@pytest.fixture(scope="module")
def by_kind(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Reader]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "sound.yaml").write_text(MINIMAL)
    (folder / "parts").mkdir()
    (folder / "parts" / "questionnaire.yaml").write_text(f"{MINIMAL}files: [part.yaml]\n")
    return readers(QUESTIONNAIRE, folder)


def as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


@pytest.mark.parametrize("kind", SOUND)
def test_reader_accepts_sound_file(by_kind: Mapping[str, Reader], kind: str) -> None:
    assert by_kind[kind](SOUND[kind].encode())


# Whole files


def fitting(content: bytes) -> tuple[str, ...]:
    """Return the readers for a file; a large one goes to a single reader."""
    if len(content) < 10_000:
        return tuple(SOUND)
    return (
        ("result",)
        if content[:2] == b'{"'
        else ("answers (YAML)",)
        if content[:7] == b"answers"
        else ("questionnaire",)
    )


@pytest.mark.parametrize("group", CLASSES)
def test_reader_handles_each_hostile_file_quickly(by_kind: Mapping[str, Reader], group: str) -> None:
    slow = {}
    for name, content in CLASSES[group].items():
        for kind in fitting(as_bytes(content)):
            took = seconds(lambda: by_kind[kind](as_bytes(content)))  # noqa: B023 - called at once
            if took > MOST_SECONDS:
                slow[name, kind] = took
    assert slow == {}


# A mark in every place


def with_mark_at_each_place(tree: object, mark: str) -> Iterator[object]:
    """Yield copies of a tree, each with one text or key replaced by a mark."""
    match tree:
        case dict():
            for key, value in tree.items():
                yield {(mark if name == key else name): each for name, each in tree.items()}
                yield from ({**tree, key: each} for each in with_mark_at_each_place(value, mark))
        case list():
            for at, value in enumerate(tree):
                yield from ([*tree[:at], each, *tree[at + 1 :]] for each in with_mark_at_each_place(value, mark))
        case _:
            yield mark


ALL_MARKS = " ".join(mark for name, mark in MARKS.items() if name != "long")


@pytest.mark.parametrize("kind", SOUND)
def test_reader_survives_any_mark_anywhere(by_kind: Mapping[str, Reader], kind: str) -> None:
    marked_ones = [*with_mark_at_each_place(yaml.safe_load(SOUND[kind]), ALL_MARKS)]
    assert len(marked_ones) > 3
    for each in marked_ones:
        by_kind[kind](json.dumps(each).encode())


TEXT_KEYS = {"title", "version", "audience", "notice", "ask", "why", "text", "could not tell", "sentence", "cite"}
TEXT_KEYS |= {"does not mean", "afterwards", "because", "name", "use", "call", "label", "person", "short", "hours"}


def marked(node: object, mark: str, key: str = "") -> object:
    """Insert a mark into each text that is shown to people."""
    match node:
        case dict():
            labels = key == "options"
            return {name: marked(each, mark, "label" if labels else name) for name, each in node.items()}
        case list():
            return [marked(each, mark, "sentence" if key == "next" else "") for each in node]
        case _:
            return f"{node} {mark}" if key in TEXT_KEYS else node


@pytest.mark.parametrize("name", MARKS)
def test_questionnaire_with_hostile_texts_renders(tmp_path: Path, name: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(json.dumps(marked(yaml.safe_load(STARTER), MARKS[name])))
    pdf = ("pdf",) if name in ("Typst", "terminal: C1") else ()
    render_everything(load_questionnaire(path), ("markdown", "html", "json", "fhir", *pdf))
    assert read_questionnaire(path).problems == ()


# Mutated files


def ends(text: str) -> Iterator[str]:
    step = max(1, len(text) // 60)
    return (text[:at] for at in range(0, len(text), step))


@pytest.mark.parametrize("kind", SOUND)
def test_reader_survives_truncated_files(by_kind: Mapping[str, Reader], kind: str) -> None:
    for text in ends(SOUND[kind]):
        by_kind[kind](text.encode())


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=min(60, EXAMPLES) if EXAMPLES <= 100 else EXAMPLES)
@given(seed=st.integers(0, 2**32))
def test_reader_survives_mutated_files(by_kind: Mapping[str, Reader], kind: str, seed: int) -> None:
    by_kind[kind](mutated(SOUND[kind], seed, tuple(MARKS.values())))


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=min(40, EXAMPLES) if EXAMPLES <= 100 else EXAMPLES)
@given(text=st.text(max_size=200), content=st.binary(max_size=100))
def test_reader_survives_any_text_or_bytes(by_kind: Mapping[str, Reader], kind: str, text: str, content: bytes) -> None:
    by_kind[kind](text.encode(errors="replace"))
    by_kind[kind](content)


# Very much of everything


def told(read: Callable[[], object]) -> list[str]:
    with pytest.raises(IopFitError) as raised:
        read()
    return [problem.code for problem in raised.value.problems]


def rules(number: int, when: str, also: str = "") -> str:
    """Return the minimal questionnaire with additional rules."""
    more = "".join(f"  - {{id: r{n}, raises: more, when: {when}, because: B.}}\n" for n in range(number))
    return MINIMAL.replace("\ncontacts:", f"{more}{also}\ncontacts:")


def options(number: int) -> str:
    more = ", ".join(f"o{n}: O" for n in range(number))
    return MINIMAL.replace("always: Always", f"always: Always, {more}")


def questions(number: int, several: int = 3) -> str:
    choices = ", ".join(f"o{n}: O" for n in range(several))
    more = "".join(
        f"      - {{id: q{n}, ask: A, why: W, dimension: 1, changeable: yes, options: {{{choices}}}}}\n"
        for n in range(number)
    )
    return MINIMAL.replace("\nalerts:", f"{more}\nalerts:")


def signs(number: int, when: str, last: str) -> str:
    """Return signs that each refer to the previous one, and a rule on the last."""
    chain = "".join(f"  - {{id: s{n}, when: {when.format(n - 1)}}}\n" for n in range(1, number))
    first = "signs:\n  - {id: s0, when: {alone: {at least: often}}}\n"
    return rules(1, f"{{sign: {last}}}", first + chain)


OFTEN = "{alone: {at least: often}}"


def flags(number: int) -> str:
    """Return conditions, each on a different question."""
    return ", ".join(f"{{q{n}: {{at least: o1}}}}" for n in range(number))


def on_questions(number: int, whens: list[str], also: str = "") -> str:
    """Return a questionnaire with a number of questions and rules on them."""
    more = "".join(f"  - {{id: r{n}, raises: more, when: {when}, because: B.}}\n" for n, when in enumerate(whens))
    return questions(number).replace("\ncontacts:", f"{more}{also}\ncontacts:")


def points(number: int, when: str) -> str:
    """Return two programs with a number of points, to append."""
    programs = "".join(f"  - {{id: {name}, name: N, short: S, text: T.}}\n" for name in ("day", "night"))
    more = "".join(f"  - {{id: p{n}, list: fits, when: {when}, text: T.}}\n" for n in range(number))
    return f"programs:\n{programs}points:\n{more}"


ANY_OF_MANY = f"signs: [{{id: m, when: {{any: [{flags(190)}]}}}}]\n"
PAIRS = f"signs: [{{id: m, when: {{some: {{at least: 2, of: [{flags(44)}]}}}}}}]\n"


def names(number: int, length: int) -> list[str]:
    """Return similar names, which are slow to compare."""
    rng = random.Random(1)
    return ["a" + "".join(rng.sample("ab" * (length // 2), length - 1)) for _ in range(number)]


def names_that_are_near(length: int) -> str:
    named = ", ".join(names(150, length))
    known = "".join(f"  - {{id: {name}, cite: A.}}\n" for name in reversed(names(700, length)[150:]))
    return f"{STARTER.replace('sources: [judgment]', f'sources: [{named}]', 1)}".replace(
        "\nsources:\n", f"\nsources:\n{known}", 1
    )


MONSTERS: Mapping[str, tuple[Callable[[], str], set[str]]] = {
    "options": (lambda: options(8_000), {"number-of-options"}),
    "rules": (lambda: rules(4_000, OFTEN), {"too-many-of-a-kind"}),
    "questions": (lambda: questions(2_100), {"too-many-of-a-kind"}),
    "values": (lambda: rules(8_000, OFTEN), {"too-many-values"}),
    "slips": (
        lambda: rules(1_000, "{alonne: {at least: often}}"),
        {"unknown-reference", "too-many-problems"},
    ),
    "names that are near": (lambda: names_that_are_near(32), {"unknown-reference"}),
    "long names that are near": (lambda: names_that_are_near(100), {"unknown-reference"}),
    "signs that double": (
        lambda: signs(40, "{{all: [{{sign: s{0}}}, {{sign: s{0}}}]}}", "s39"),
        {"too-large-condition"},
    ),
    "signs in signs": (
        lambda: signs(2_000, "{{any: [{{sign: s{0}}}, {{alone: {{at least: always}}}}]}}", "s1999"),
        {"too-large-condition"},
    ),
    "ways of one rule": (
        lambda: on_questions(190, [f"{{some: {{at least: 4, of: [{', '.join(['{sign: m}'] * 20)}]}}}}"], ANY_OF_MANY),
        {"too-large-condition"},
    ),
    "ways of all rules": (
        lambda: on_questions(190, ["{all: [{sign: m}, {sign: m}, {sign: m}]}"] * 100, ANY_OF_MANY),
        {"too-large-condition"},
    ),
    "combinations of one rule": (
        lambda: on_questions(200, [f"{{some: {{at least: 100, of: [{flags(200)}]}}}}"] * 20),
        {"too-large-condition"},
    ),
    "all flags but one": (
        lambda: on_questions(200, [f"{{some: {{at least: 199, of: [{flags(200)}]}}}}"] * 20),
        {"too-large-condition"},
    ),
    "pairs in all rules": (
        lambda: on_questions(44, ["{sign: m}"] * 200, PAIRS),
        {"too-many-needs", "too-large-condition"},
    ),
    "points on signs that double": (
        lambda: signs(10, "{{all: [{{sign: s{0}}}, {{sign: s{0}}}]}}", "s1") + points(500, "{not: {sign: s9}}"),
        {"too-large-condition", "too-many-problems"},
    ),
}
"""Questionnaires that are valid except for their size, and the codes they are refused with."""


@pytest.mark.parametrize("name", MONSTERS)
def test_loader_refuses_huge_files_quickly(tmp_path: Path, name: str) -> None:
    text, codes = MONSTERS[name]
    path = tmp_path / "it.yaml"
    path.write_text(text())
    found = set[str]()
    assert seconds(lambda: found.update(told(lambda: load_questionnaire(path)))) < MOST_SECONDS
    assert found == codes


def codes_of(done: Check) -> list[str]:
    return [told.problem.code for told in done.diagnostics]


def test_check_leaves_many_idle_rules_undecided(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(rules(150, OFTEN))
    done = check_reading(read_questionnaire(path), (), DAY)
    codes = codes_of(done)
    assert (codes.count("idle-rule"), codes.count("rule-not-decided")) == (MAX_REDUNDANT_RULES, 1)
    idle = next(told.problem for told in done.diagnostics if told.problem.code == "idle-rule")
    assert idle.hint.endswith("and 138 more. Remove one, make this one require less or raise more, or add `rewords`.")
    assert '"r99" and later ones were not checked' in calm(check_text(done, Snippets().of))


def test_assess_is_fast_with_many_changeable_answers(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    halves = (range(50), range(50, 100))
    named = (", ".join(f"q{number}: {{at least: o1}}" for number in half) for half in halves)
    both = "".join(f"  - {{id: r{n}, raises: more, when: {{{when}}}, because: B.}}\n" for n, when in enumerate(named))
    path.write_text(questions(100, several=10).replace("\ncontacts:", f"{both}\ncontacts:"))
    questionnaire = load_questionnaire(path)
    answers = {f"q{number}": Chosen(("o9",)) for number in range(100)}
    sheet = AnswerSheet({"alone": Chosen(("rarely",)), **answers})
    results = list[str]()
    assert seconds(lambda: results.append(render(assess(questionnaire, sheet, on=DAY), "plain"))) < MOST_SECONDS
    assert "What would change this" in results[0]


def test_loader_refuses_folder_over_total_size(tmp_path: Path) -> None:
    names = [f"part-{number}.yaml" for number in range(3)]
    (tmp_path / "questionnaire.yaml").write_text(f"{MINIMAL}files: [{', '.join(names)}]\n")
    for name in names:
        (tmp_path / name).write_text("#" * 500_000 + "\nsources: []\n")
    codes = told(lambda: load_questionnaire(tmp_path))
    assert codes == ["too-large"]


LISTED = {
    "too long": ("a" * 300 + ".yaml", "listed-file-missing"),
    "NUL": ("a\0.yaml", "listed-file-missing"),
    "escape": ("\x1b[31m.yaml", "listed-file-missing"),
    "turned": ("\u202elmay.yaml", "listed-file-missing"),
    "above": ("../a.yaml", "bad-file-name"),
    "root": ("/etc/a.yaml", "bad-file-name"),
    "dots": ("..", "bad-file-name"),
}


@pytest.mark.parametrize("name", LISTED)
def test_loader_refuses_hostile_listed_file_name(tmp_path: Path, name: str) -> None:
    listed, code = LISTED[name]
    (tmp_path / "questionnaire.yaml").write_text(f"{MINIMAL}files: [{json.dumps(listed)}]\n")
    problems = read_questionnaire(tmp_path).problems
    assert [problem.code for problem in problems] == [code]
    calm("\n".join(map(str, problems)))


def test_reader_limits_reported_problems() -> None:
    text = "answers:\n" + "".join(f"  k{number}: a\n" for number in range(1_000))
    codes = told(lambda: load_sheet(text, "a.yaml", QUESTIONNAIRE))
    assert codes == ["unknown-question"] * MAX_PROBLEMS + ["too-many-problems"]


def test_reader_stops_after_max_values() -> None:
    codes = told(lambda: load_sheet("- a\n" * MAX_NODES, "a.yaml", QUESTIONNAIRE))
    assert codes == ["too-many-values"]
    codes = told(lambda: load_sheet(f"[{'1,' * 2 * MAX_NODES}1]", "a.json", QUESTIONNAIRE))
    assert codes == ["too-many-values"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_snippet_handles_every_line_end(tmp_path: Path, end: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_bytes(f"# one{end}# two{end}# three{end}nonsense: here{end}".encode())
    place = read_questionnaire(path).problems[-1].place
    assert place
    assert next(Snippets().of(place)).endswith("| nonsense: here")


def test_snippet_of_very_long_lines_is_fast(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text("[" + "w" * 1_000_000)
    snippets = Snippets()
    places = [Place(str(path), 1, column) for column in range(500_000, 501_000)]
    assert seconds(lambda: [line for place in places for line in snippets.of(place)]) < MOST_SECONDS


def test_draft_counts_many_dropped_answers() -> None:
    text = "answers:\n  sleep: good\n" + "".join(f"  k{number}: a\n" for number in range(10_000))
    resumed = read_loosely(text, "d.yaml", QUESTIONNAIRE)
    assert (list(resumed.sheet.answers), len(resumed.earlier)) == (["sleep"], 10_000)


@pytest.mark.parametrize("name", ["draft.json", "draft.yaml", "draft"])
def test_draft_round_trips_every_character(name: str) -> None:
    odd = "".join(map(chr, (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, 0x1F600)))
    sheet = load_sheet(ANSWERS, "a.yaml", QUESTIONNAIRE).sheet.with_answer("words", Written(f"a{odd}b"))
    assert read_loosely(dump_sheet(sheet, QUESTIONNAIRE), name, QUESTIONNAIRE).sheet == sheet


def test_reader_summarizes_many_unknown_options() -> None:
    text = ANSWERS.replace("[alcohol, pills]", f"[{'alcohol, ' * 5_000}]")
    with pytest.raises(IopFitError) as raised:
        load_sheet(text, "a.yaml", QUESTIONNAIRE)
    assert [problem.message for problem in raised.value.problems] == ['"used" has 2 options, but 5,000 are given.']


# The real command, on a terminal


class Run(NamedTuple):
    """Exit status, output and resource use of a command."""

    status: int
    shown: str
    megabytes: float
    seconds: float


MEASURE = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([status, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime], file)
"""
"""An intermediate process, because a direct child inherits the peak memory of the tests."""


def on_a_terminal(folder: Path, *arguments: str) -> Run:
    """Run a command whose output is a terminal."""
    ours, theirs = pty.openpty()
    used = folder / "used"
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "PYTHONUTF8": "1"}
    measured = [sys.executable, "-I", "-S", "-c", MEASURE, str(used)]
    command = [*measured, sys.executable, "-m", "iop_fit", *arguments]
    with open(theirs, "wb", buffering=0) as terminal:  # noqa: PTH123 - a descriptor
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal, env=environment
        )
    shown = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert process.wait() == 0
    status, megabytes, seconds = json.loads(used.read_text())
    return Run(status, shown.decode(), megabytes, seconds)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65_536)
    except OSError:  # the other side was closed
        return b""


COMMANDS = {
    "answers (YAML)": ("assess", "--questions", str(QUESTIONS), "--answers", "it.yaml"),
    "answers (JSON)": ("assess", "--questions", str(QUESTIONS), "--answers", "it.json"),
    "note on paper": ("assess", "--answers", "it.yaml", "--export", "it.pdf"),
    "result": ("show", "--questions", str(QUESTIONS), "it.json"),
    "two results": ("compare", "--questions", str(QUESTIONS), "it.json", "it.json"),
    "questionnaire": ("check", "it.yaml"),
    "questions": ("questions", "--questions", "it.yaml"),
    "hotlines": ("hotlines", "--questions", "it.yaml"),
}
GIVEN = {
    "answers (YAML)": (
        "very many slips",
        "very many options",
        "very many equal keys",
        "billion laughs",
        "each control",
    ),
    "answers (JSON)": ("json keys", "json digits", "lone surrogate"),
    "result": ("json entries", "of JSON"),
    "two results": ("json equal keys", "exponents"),
    "questionnaire": ("very many nothings", "very many listed files", "flow mappings", "bytes", "next line"),
    "questions": ("very many tags", "utf-16"),
    "hotlines": ("a file name of 300 letters", "file with NUL"),
}
NOTES = {
    "many signs": "".join(map(chr, range(0x4E00, 0x9000, 4))),
    "long names": "\N{SMILING FACE WITH SMILING EYES AND HAND COVERING MOUTH}",
    "one of each": "a \u0661\u0e01\u0915\u6211\U0001f600\U0001fae2\ue000\u202e",
}
"""Text that is slow to render, to fill a note with."""
WHOLE = {name: content for group in CLASSES.values() for name, content in group.items()}
STATUSES = {0, 1, 2, 3, 4}


def cases() -> Iterator[tuple[str, str, bytes]]:
    for kind, names in GIVEN.items():
        yield from ((kind, name, as_bytes(WHOLE[name])) for name in names)
    sheet = load_sheet((ROOT / "examples" / "many-signs.yaml").read_text(), "many-signs.yaml", BUNDLED).sheet
    for name, signs in NOTES.items():
        note = Written((signs * MAX_NOTE)[:MAX_NOTE])
        yield "note on paper", name, dump_sheet(sheet.with_answer("note", note), BUNDLED).encode()
    for kind in ("answers (YAML)", "result", "questionnaire"):
        tree = yaml.safe_load({"questionnaire": STARTER}.get(kind, SOUND[kind]))
        yield kind, "marks", json.dumps(marked(tree, ALL_MARKS)).encode()
        yield kind, "mutated", mutated(SOUND[kind], 7, tuple(MARKS.values()))


def test_command_on_terminal_survives_hostile_files(tmp_path: Path) -> None:
    def run(number: int, kind: str, content: bytes) -> Run:
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in ("it.yaml", "it.json"):
            (folder / name).write_bytes(content)
        return on_a_terminal(folder, *COMMANDS[kind])

    given = [*cases()]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda each: run(each[0], each[1][0], each[1][2]), enumerate(given)))
    for number, ((kind, name, _), ended) in enumerate(zip(given, done, strict=True)):
        assert (tmp_path / str(number) / "it.pdf").exists() == (kind == "note on paper")
        calm(ended.shown.replace("\r\n", "\n"))
        assert (ended.status in STATUSES, kind, name) == (True, kind, name)
        assert ended.megabytes < MOST_MEGABYTES + (MORE_ON_PAPER if kind == "note on paper" else 0), (kind, name)
        # With the start of a process; a PDF of the longest note sets it in rare letters, too.
        assert ended.seconds < MOST_SECONDS + (2 if kind == "note on paper" else 1), (kind, name)
