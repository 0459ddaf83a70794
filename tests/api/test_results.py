"""Results as values, in notebooks, saved and compared."""

import io
import json
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.result import summary_of
from iop_fit.report.to_html import to_html
from support import DAY, ROOT
from support.example_results import EXAMPLES
from support.hostile import UNRULY

some_examples = pytest.mark.parametrize("path", EXAMPLES[::6], ids=lambda path: path.stem)
PLAIN = (dict, list, str, int, float, bool, type(None))


def result_of(path: Path, questionnaire: Questionnaire) -> iop_fit.Assessment:
    return iop_fit.assess(questionnaire, iop_fit.load_answers(path, questionnaire), on=DAY)


@some_examples
def test_to_dict_is_the_json_in_plain_types(path: Path, questionnaire: Questionnaire) -> None:
    values = result_of(path, questionnaire).to_dict()
    assert values == json.loads(iop_fit.render(result_of(path, questionnaire), "json"))
    waiting: list[object] = [values]
    while waiting:
        each = waiting.pop()
        assert type(each) in PLAIN
        waiting += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()


@some_examples
def test_assess_returns_what_the_engine_decides(path: Path, questionnaire: Questionnaire) -> None:
    answers = iop_fit.load_answers(path, questionnaire)
    for include_private in (False, True):
        result = iop_fit.assess(questionnaire, answers, on=DAY, include_private=include_private)
        assert result == assess(questionnaire, answers, on=DAY, include_private=include_private)
        assert isinstance(result._replace(name="Sam"), iop_fit.Assessment)


@some_examples
def test_load_result_reads_each_form_of_a_result(path: Path, questionnaire: Questionnaire, tmp_path: Path) -> None:
    result = result_of(path, questionnaire)
    text = iop_fit.render(result, "json")
    (tmp_path / "result.json").write_text(text)
    saved = iop_fit.load_result(tmp_path / "result.json", questionnaire)
    assert saved == iop_fit.load_result(result.to_dict(), questionnaire)
    assert saved == iop_fit.load_result(io.StringIO(text), questionnaire)
    assert saved == iop_fit.load_result(text=text.encode(), questionnaire=questionnaire)
    assert iop_fit.assess(questionnaire, saved.sheet, on=saved.assessed_on) == result


def test_load_result_names_the_key_of_a_problem(questionnaire: Questionnaire) -> None:
    values = result_of(EXAMPLES[0], questionnaire).to_dict()
    answers = values["answers"]
    assert isinstance(answers, dict)
    for wrong, place in (
        ({**values, "for": "heron"}, "for"),
        ({**values, "answers": {**answers, "mood": "heron"}}, "answers.mood"),
        ({"answers": {}}, "mapping"),
    ):
        with pytest.raises(iop_fit.IopFitError) as caught:
            iop_fit.load_result(wrong, questionnaire)
        assert [str(problem.place) for problem in caught.value.problems] == [place]


def test_load_result_needs_a_questionnaire(questionnaire: Questionnaire) -> None:
    with pytest.raises(TypeError, match="pass the questionnaire to read the result with"):
        iop_fit.load_result(text="{}")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="pass one source"):
        iop_fit.load_result(None, questionnaire)  # type: ignore[call-overload]


def test_compare_returns_changed_answers(questionnaire: Questionnaire) -> None:
    answers = iop_fit.load_answers(ROOT / "examples" / "steady-home.yaml", questionnaire)
    other = answers.with_answer("mood", iop_fit.Skipped(iop_fit.SkipReason.DONT_KNOW))
    before, after = (
        iop_fit.load_result(iop_fit.assess(questionnaire, each, on=DAY).to_dict(), questionnaire)
        for each in (answers, other)
    )
    (changed,) = iop_fit.compare(before, after).changed
    assert (changed.question.id, changed.now) == ("mood", other.answers["mood"])


# Notebooks


class Frame(HTMLParser):
    """Collects the elements of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_notebook_frame_holds_the_summary_and_runs_nothing(questionnaire: Questionnaire) -> None:
    result = result_of(ROOT / "examples" / "everyday-drinking.yaml", questionnaire)
    ((tag, attributes),) = Frame(result._repr_html_()).found
    assert tag == "iframe"
    assert set(attributes) == {"title", "width", "height", "sandbox", "srcdoc"}
    assert not attributes["sandbox"]
    assert attributes["srcdoc"] == to_html(summary_of(result))
    page = Frame(attributes["srcdoc"] or "").found
    assert not {"script", "iframe", "object", "embed", "link", "img", "form"} & {name for name, _ in page}
    assert not [name for _, each in page for name in each if name.startswith("on") or name in {"src", "action"}]


def test_notebook_frame_keeps_unruly_text_inside(questionnaire: Questionnaire) -> None:
    result = result_of(ROOT / "examples" / "everyday-drinking.yaml", questionnaire)
    unruly = f'</iframe><script>alert("1")</script>{UNRULY}'
    title = result.cards[0].alert.alert._replace(title=unruly)
    cards = (result.cards[0]._replace(alert=result.cards[0].alert._replace(alert=title)),)
    html = result._replace(cards=cards)._repr_html_()
    assert [tag for tag, _ in Frame(html).found] == ["iframe"]
    assert html.count("<") == 2
    assert "script" not in {tag for tag, _ in Frame(unescape(html.partition("srcdoc=")[2])).found}
