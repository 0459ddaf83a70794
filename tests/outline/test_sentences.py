"""Every sentence is in the code once: the outline holds the text of a result, and renderers add none."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.contacts import IN_A_CRISIS
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report import registry
from iop_fit.report.to_json import to_json
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult
from support import DAY, ROOT
from support.example_results import EXAMPLES, public_result_of, read, result_of
from support.html_pages import sample_outline
from support.sentence_checks import DRAWN, ON_PAPER, check

SOURCE = Path(iop_fit.__file__).parent
RENDERERS = (*(f"to_{name}" for name in registry.DRAWN), "to_terminal")

# Sentences in the code


def literals(path: Path) -> Iterator[str]:
    """Yield the strings of a module except docstrings and `ValueError` messages, with `{}` for fields."""
    tree = ast.parse(path.read_text())
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and "ValueError" in ast.dump(node.exc.func):
            left_out |= {id(each) for each in ast.walk(node)}
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(each) for each in node.values}
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def without_tags(text: str) -> str:
    """Remove tags and attributes."""
    return re.sub(r'<[^>]*>|[\w-]+="[^"]*"', "", text)


@pytest.mark.parametrize("name", RENDERERS)
def test_renderer_contains_no_phrases(name: str) -> None:
    texts = literals(SOURCE / "report" / f"{name}.py")
    phrases = {text for text in texts if re.search(r"[^\W\d_]{2,}\W?\s+[^\W\d_]{2,}", without_tags(text))}
    classes = {"urgent callout"} if name == "to_html" else set[str]()
    assert phrases == classes


def test_page_style_adds_no_words() -> None:
    style = (SOURCE / "report" / "page.css").read_text()
    contents = re.findall(r"content:\s*([^;}]*)", style)
    assert contents
    assert [text for content in contents for text in re.findall(r'"([^"]*)"', content) if re.search(r"\w", text)] == []


WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

SAID_TWICE = {
    # What a start says that can't import the command line
    "In an emergency in the United States:",
    # Drafts
    "Your answers are saved in {}, except private ones.",
    # Problems in a file
    "Give one of the two another id.",
    "Is it the right file?",
    "Keep one of the two.",
}
"""Sentences that occur more than once; don't add any, and delete those that are fixed."""


def sentences(text: str) -> set[str]:
    """Return the sentences of five or more words in a text."""
    lines = " ".join(text.split())
    found = {part for part in re.split(r"(?<=[.?!:])\s+", lines) if re.search(r"[.?!:]$", part)}
    return {part for part in found if len(WORD.findall(part)) >= 5}


def test_code_repeats_no_sentence() -> None:
    texts = (text for path in sorted(SOURCE.rglob("*.py")) for text in literals(path))
    counts = Counter(sentence for text in texts for sentence in sentences(text))
    assert {sentence for sentence, count in counts.items() if count > 1} == SAID_TWICE


def test_code_and_questions_share_no_sentence() -> None:
    code = {each for path in SOURCE.rglob("*.py") for text in literals(path) for each in sentences(text)}
    paths = sorted((ROOT / "questions").rglob("*.yaml"))
    asked = " ".join(" ".join(path.read_text().split()) for path in paths)
    assert paths
    assert len(code) > 100
    assert {sentence for sentence in code if sentence in asked} == {IN_A_CRISIS}


def test_sentences_join_lines_and_drop_fields(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""A docstring of more than five words."""\n'
        "NAME = 1\n"
        '"""What the name is good for here."""\n'
        'def said(x):\n    yield f"One two {x} three four"  " five. Only four words here."\n'
        '    raise ValueError("not for people but for programmers.")\n'
    )
    assert [each for text in literals(module) for each in sentences(text)] == ["One two {} three four five."]


# Sentences in the output


def test_every_text_format_is_compared_with_outlines() -> None:
    assert set(ON_PAPER) == {name for name in registry.DRAWN if not registry.REPORTS[name].binary}


each_format = pytest.mark.parametrize("name", DRAWN)
each_paper = pytest.mark.parametrize("name", ON_PAPER)


@each_paper
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_format_has_all_text_of_a_printed_example(path: Path, name: str, questionnaire: Questionnaire) -> None:
    check(paper_of(public_result_of(path, questionnaire)), name)


@each_format
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_format_has_all_text_of_an_example_screen(path: Path, name: str, questionnaire: Questionnaire) -> None:
    check(full_of(result_of(path, questionnaire)), name)


@each_format
@pytest.mark.parametrize(
    ("old", "new"),
    [("everyday-drinking", "steady-home"), ("for-a-mother", "emergency"), ("mostly-skipped", "not-safe-at-home")],
)
def test_format_has_all_text_of_a_comparison(old: str, new: str, name: str, questionnaire: Questionnaire) -> None:
    def saved(stem: str, day: date) -> SavedResult:
        sheet = read(ROOT / "examples" / f"{stem}.yaml", questionnaire).sheet
        return load_result(to_json(assess(questionnaire, sheet, on=day)), "result.json", questionnaire)

    check(comparison_of(difference_of(saved(old, DAY), saved(new, date(2026, 4, 6)))), name)


@each_paper
def test_format_has_all_text_of_every_block(name: str) -> None:
    check(sample_outline(), name)


@pytest.mark.parametrize("change", ["missing", "added", "swapped"])
@each_format
def test_check_finds_missing_added_and_swapped_parts(
    name: str, change: str, questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline = full_of(public_result_of(EXAMPLES[0], questionnaire))
    draw, marks = DRAWN[name]
    first, second, *others = outline.parts
    parts = {"missing": [first, *others], "added": [first, first, second, *others], "swapped": [second, first, *others]}
    monkeypatch.setitem(DRAWN, name, (lambda _: draw(outline._replace(pages=(tuple(parts[change]),))), marks))
    with pytest.raises(AssertionError, match=r"^(missing|unexpected) "):
        check(outline, name)
