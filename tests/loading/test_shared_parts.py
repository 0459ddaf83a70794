"""Option lists, lead-ins, gates that need several answers, and questions for the paper: read, listed and asked."""

import io
from pathlib import Path

import pytest

from iop_fit.checking.advice import unused_options
from iop_fit.checking.checker import check_reading
from iop_fit.cli.lists.questions import listing_json, listing_text
from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Chosen
from iop_fit.domain.decision import decide
from iop_fit.domain.question import LeadIn, with_lead_ins
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.interview.pages import question_page
from iop_fit.interview.plain_screen import PlainScreen
from iop_fit.interview.typing.keyboard import Keyboard
from iop_fit.interview.typing.output import Output
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.report.fhir_questionnaire import questionnaire_resource
from iop_fit.storage.answer_files import blank_sheet, load_sheet
from iop_fit.storage.fhir.form import Form
from support import DAY, TESTS
from support.by_hand import SKIPPED

INTAKE = TESTS / "questionnaires" / "valid" / "intake.yaml"
YEAR = "In the past 12 months, how often did this happen to you?"


@pytest.fixture(scope="module")
def intake() -> Questionnaire:
    return load_questionnaire(INTAKE)


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """Write the intake sheet with some texts, each of which occurs once, replaced by others."""
    text = INTAKE.read_text()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "it.yaml"
    path.write_text(text)
    return path


# Option lists


def test_questions_of_one_list_have_equal_options(intake: Questionnaire) -> None:
    more, craving, told = (intake.questions[name] for name in ("more", "craving", "told"))
    assert [(each.id, each.label, each.score, each.brief) for each in more.options] == [
        ("never", "Never", 0, ""),
        ("monthly", "Once a month", 1, "monthly"),
        ("weekly", "Once a week", 2, ""),
        ("daily", "Most days", 3, ""),
    ]
    assert more.options == craving.options
    assert [option.score for option in told.options] == [0, 0, 0]  # practical questions have no scores
    assert (more.option_list, told.option_list, intake.questions["used"].option_list) == ("how-often", "known", "")
    someone = intake.worded_for(Audience.SOMEONE).questions["more"]
    assert [option.label for option in someone.options] == ["Never", "Once a month", "Each week", "Most days"]


LEVELS = "    levels: {some: 3, a lot: 6}\n"
HELPS = "id: helps, kind: several, need: no, ask: Who helps?, why: It matters., dimension: 6, options: "


def test_option_list_loads_as_options_written_out(tmp_path: Path, intake: Questionnaire) -> None:
    path = edited(tmp_path, (f"{HELPS}known", f"{HELPS}{{home: Home, work: Work, friends: Friends}}"))
    assert load_questionnaire(path).questions["helps"].options == intake.questions["helps"].options


def test_option_is_unused_if_no_question_of_its_list_uses_it(tmp_path: Path, intake: Questionnaire) -> None:
    assert [*unused_options(intake)] == []
    gate, rule = "craving: {at least: daily}", "work: {at least: daily}"
    weekly = [(each, each.replace("daily", "weekly")) for each in (gate, rule)]
    without = load_questionnaire(edited(tmp_path, (LEVELS, ""), *weekly))
    assert [(question.id, option.id) for question, option in unused_options(without)] == [("more", "daily")]


def test_unused_option_of_a_list_is_reported_in_the_list(tmp_path: Path) -> None:
    last = "      daily: Most days\n"
    path = edited(tmp_path, (LEVELS, ""), (last, f"{last}      always: Always\n"))
    found = check_reading(read_questionnaire(path), (), DAY)
    (problem,) = [each.problem for each in found.diagnostics if each.problem.code == "unused-option"]
    assert problem.message == 'Nothing uses the option "always" of the option list "how-often".'
    assert str(problem.place) == f"{path}:17:7"


# Lead-ins


def test_lead_in_comes_once_before_its_questions(intake: Questionnaire) -> None:
    lead_in = LeadIn("past-year", YEAR)
    shown = [(found, question.id) for found, question in with_lead_ins(intake.questions.values()) if found]
    assert shown == [(lead_in, "more")]
    assert [question.id for question in intake.questions.values() if question.lead_in] == ["more", "craving", "work"]
    worded = intake.worded_for(Audience.SOMEONE).questions["work"].lead_in
    assert worded
    assert worded.text == "In the past 12 months, how often did this happen to them?"


def test_lead_in_comes_again_after_another_question(intake: Questionnaire) -> None:
    names = ("more", "used", "craving", "work")
    shown = [bool(lead_in) for lead_in, _ in with_lead_ins(intake.questions[name] for name in names)]
    assert shown == [True, False, True, False]


def test_lead_in_is_on_the_page_of_each_question(intake: Questionnaire) -> None:
    decision = decide(intake, AnswerSheet())
    pages = {name: question_page(decision, intake.questions[name]) for name in intake.questions}
    texts = {name: [getattr(block, "text", "") for block in page.blocks] for name, page in pages.items()}
    assert {name for name, lines in texts.items() if YEAR in lines} == {"more", "craving", "work"}
    assert texts["more"][2:5] == ["", YEAR, "More was used than planned."]


def test_plain_screen_says_a_lead_in_once(intake: Questionnaire) -> None:
    output = io.StringIO()
    shown = Output(output)
    screen = PlainScreen(Keyboard(io.StringIO("1\n" * 9), shown), shown)
    decision = decide(intake, AnswerSheet())
    for name in ("used", "more", "craving", "work", "alone-on-pills", "work"):
        screen.ask(question_page(decision, intake.questions[name]), "Number: ")
    lines = output.getvalue().splitlines()
    assert lines.count(YEAR) == 2  # before the first of its questions, and again after another question
    assert lines.index("More was used than planned.") == lines.index(YEAR) + 1


def test_lead_in_with_one_wording_is_advice(tmp_path: Path) -> None:
    second = "    text about someone: In the past 12 months, how often did this happen to them?\n"
    path = edited(tmp_path, (second, ""))
    found = check_reading(read_questionnaire(path), (), DAY)
    (problem,) = [each.problem for each in found.diagnostics if each.problem.code == "one-wording"]
    assert problem.message == 'The lead-in "past-year" says "you" in "text", which has only one wording.'
    assert str(problem.place) == f"{path}:22:11"


# Gates


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"used": Chosen(("pills",)), "more": Chosen(("weekly",)), "craving": Chosen(("never",))}, True),
        ({"used": Chosen(("beer",)), "more": Chosen(("daily",)), "craving": Chosen(("never",))}, True),
        ({"used": Chosen(("pills",)), "more": Chosen(("monthly",)), "craving": Chosen(("never",))}, False),
        ({"used": Chosen(()), "more": Chosen(("daily",)), "craving": Chosen(("never",))}, False),
        ({"used": Chosen(()), "more": Chosen(("never",)), "craving": Chosen(("daily",))}, True),
        ({"used": SKIPPED, "more": Chosen(("weekly",)), "craving": Chosen(("never",))}, True),
        ({"used": SKIPPED, "more": Chosen(("never",)), "craving": Chosen(("never",))}, False),
        ({"used": Chosen(()), "more": SKIPPED, "craving": Chosen(("never",))}, False),
        ({"used": SKIPPED, "more": SKIPPED, "craving": SKIPPED}, True),
    ],
)
def test_gate_may_need_several_answers(intake: Questionnaire, answers: dict[str, Answer], asked: bool) -> None:
    assert ("alone-on-pills" in reached_by(intake, AnswerSheet(answers)).asked_ids) is asked


def test_rule_behind_such_a_gate_is_reachable(intake: Questionnaire) -> None:
    found = check_reading(read_questionnaire(INTAKE), (), DAY)
    (reachable,) = [each for each in found.statements if each.code == "unreachable-alert"]
    assert reachable.smallest["talk-today"].answers == {
        "used": Chosen(()),
        "more": Chosen(("never",)),
        "craving": Chosen(("daily",)),
        "work": Chosen(("never",)),
        "alone-on-pills": Chosen(("yes",)),
        "name": SKIPPED,
        "from": Chosen(("self",)),
        "told": Chosen(()),
        "helps": Chosen(()),
    }
    (rule,) = [each for each in intake.rules if each.id == "alone"]
    assert len(rule.gated_needs) == 3


# For the paper only


def test_paper_question_decides_nothing_and_is_no_advice(intake: Questionnaire) -> None:
    sent = intake.questions["from"]
    assert (sent.paper_only, sent.need, sent.max_score) == (True, False, 0)
    found = check_reading(read_questionnaire(INTAKE), (), DAY)
    assert "unused-option" not in {each.problem.code for each in found.diagnostics}


def test_unused_options_are_advice_without_use_paper(tmp_path: Path) -> None:
    path = edited(tmp_path, ("        kind: unranked\n        use: paper\n", "        kind: unranked\n"))
    found = check_reading(read_questionnaire(path), (), DAY)
    unused = [each for each in found.diagnostics if each.problem.code == "unused-option"]
    assert [each.severity for each in unused] == ["advice"] * 3
    assert {each.problem.hint for each in unused} == {
        "Use it in a rule, a point, `ask when` or `eases`, merge it with its neighbor, or write `use: paper`."
    }


# Listed


def test_listing_shows_lead_ins_gates_and_use(intake: Questionnaire) -> None:
    lines = listing_text(intake).splitlines()
    first = lines.index(YEAR)
    assert lines[first - 1 : first + 3] == ["", YEAR, "", "more: More was used than planned."]
    assert lines.count(YEAR) == 1
    assert [line for line in lines if line.startswith("  Asked if")] == [
        "  Asked if used: pills and more: weekly",
        "  Asked if used: beer and more: weekly",
        "  Asked if craving: daily",
    ]
    assert lines[lines.index("from: Who sent the person?") + 2] == "  (one answer; for the paper only)"


def test_json_listing_names_lead_ins_gates_and_use(intake: Questionnaire) -> None:
    text = listing_json(intake)
    assert text.count(f'"lead_in": "{YEAR}"') == 3
    assert text.count('"use": "paper"') == 2
    assert '["used", "pills"]' in " ".join(text.split()).replace("[ ", "[").replace(" ]", "]")


def test_blank_sheet_has_a_lead_in_once(intake: Questionnaire) -> None:
    lines = blank_sheet(intake, "an intake.yaml").splitlines()
    assert lines[:3] == [
        "# yaml-language-server: $schema=answers.schema.json",
        "# With the line above, an editor explains each question and offers its options. To create its file:",
        "#   iop-fit schema --answers --questions 'an intake.yaml' > answers.schema.json",
    ]
    first = lines.index(f"  # {YEAR}")
    assert lines[first - 1 : first + 3] == ["", f"  # {YEAR}", "", "  # More was used than planned."]
    assert lines.count(f"  # {YEAR}") == 1


def test_fhir_has_a_lead_in_as_display(intake: Questionnaire) -> None:
    form = questionnaire_resource(Form(intake, Audience.ME))
    groups = form["item"]
    assert isinstance(groups, list)
    assert [item["linkId"] for item in groups[0]["item"]] == [
        *("used", "lead-in.more", "more", "craving", "work", "alone-on-pills"),
    ]
    assert groups[0]["item"][1] == {"linkId": "lead-in.more", "text": YEAR, "type": "display"}


def test_answers_to_the_intake_sheet_are_read(intake: Questionnaire) -> None:
    text = """\
answers:
  used: [pills]
  more: weekly
  craving: {skipped: dont-know}
  work: never
  alone-on-pills: yes
  name: Sam
  from: court
  told: []
  helps: [friends]
"""
    decision = decide(intake, load_sheet(text, "it.yaml", intake).sheet)
    assert [alert.id for alert in decision.alerts] == ["talk-today"]
    assert (decision.lowest.id, decision.highest.id) == ("less", "more-hours")
