"""Comparisons of two saved results, both scored with today's questions."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Callout, Heading, Items, Outline, Paragraph, Table
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.comparison_parts import THEIR_WORDS
from iop_fit.report.to_json import to_json
from iop_fit.report.to_plain import to_plain
from iop_fit.storage.difference import Difference, difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed
from support import DAY, ROOT, TESTS
from support.changed_questions import (
    LOWER_THRESHOLDS,
    OPTION_RENAMED,
    QUESTION_ADDED,
    QUESTION_GONE,
    Edit,
    changed,
)
from support.saved_results import QUESTIONNAIRE, saved, sheet_of
from support.sheets import sheets

COMPARISONS = TESTS / "comparisons"
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
LATER = date(2026, 4, 6)


def compared(before: SavedResult, after: SavedResult) -> dict[str, tuple[Block, ...]]:
    return {part.title: part.blocks for part in comparison_of(difference_of(before, after)).parts}


def lines(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def direction(before: SavedResult, after: SavedResult) -> list[str]:
    """Return the lines about the direction, without the last one on what it does not mean."""
    return lines(compared(before, after)["The direction, then and now"])[:-1]


def lists(blocks: tuple[Block, ...]) -> dict[str, list[str]]:
    headed = ((first, then) for first, then in pairwise(blocks) if isinstance(first, Heading))
    return {head.text: [item.text for item in then.items] for head, then in headed if isinstance(then, Items)}


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Questionnaire]:
    def later(*changes: dict[str, Edit]) -> Questionnaire:
        return changed(tmp_path_factory.mktemp("later") / "questions", *changes)

    return later


SCORED = "Both results are scored with today's questions."
GONE = "No longer raised by these answers"
LIGHTER, IOP, _, INPATIENT = (f"“{direction.title}”" for direction in QUESTIONNAIRE.directions)


def answer_counts(before: str, after: str) -> tuple[int, int, int]:
    """Return how many public answers of two people differ, and how many only the first and only the second has."""
    public = {name for name, question in QUESTIONNAIRE.questions.items() if not question.private}
    old, new = (sheet_of(name).answers for name in (before, after))
    both = public & {*old} & {*new}
    return sum(old[name] != new[name] for name in both), len(public & {*old} - both), len(public & {*new} - both)


# Nothing changed


def states_no_change(difference: Difference) -> bool:
    parts = {part.title: part.blocks for part in comparison_of(difference).parts}
    said = lines(parts["The direction, then and now"])
    areas = lines(parts.get("Areas, then and now", (Paragraph("No area changed."),)))
    return (
        said[0].split(": ", 1)[1] == said[1].split(": ", 1)[1]
        and said[2] in {f"{who}: nothing. The answers are the same." for who in ("What you changed", THEIRS)}
        and said[3] == SCORED
        and lines(parts["Alerts, then and now"])
        == ["No alert is new, and none is gone. Where there is none, that is no all-clear."]
        and areas[0] == "No area changed."
        and parts["Answers that changed"] == (Paragraph("No answer changed."),)
        and parts["Questions that only one result answers"] == (Paragraph("Both results answer the same questions."),)
    )


THEIRS = "What changed in the answers"


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("name", EXAMPLES)
def test_result_compared_with_itself_has_no_changes(name: str, private: bool) -> None:
    result = saved(name, private=private)
    assert states_no_change(difference_of(result, result))


@settings(max_examples=20)
@given(sheets(QUESTIONNAIRE))
def test_any_sheet_compared_with_itself_is_unchanged(sheet: AnswerSheet) -> None:
    result = saved(sheet)
    difference = difference_of(result, result)
    assert [each for each in difference[2:] if each] == []
    assert states_no_change(difference)


@settings(max_examples=20)
@given(sheets(QUESTIONNAIRE), sheets(QUESTIONNAIRE))
def test_reversed_difference_mirrors_the_changes(first: AnswerSheet, second: AnswerSheet) -> None:
    there, back = (difference_of(*pair) for pair in ((saved(first), saved(second)), (saved(second), saved(first))))
    changed = [(each.question.id, each.before, each.now) for each in back.changed]
    assert [(each.question.id, each.now, each.before) for each in there.changed] == changed
    only_one = (there.only_before, there.only_now, back.only_now, back.only_before)
    before, now, back_now, back_before = ([question.id for question in each] for each in only_one)
    assert (before, now) == (back_now, back_before)
    assert (there.before, there.after) == (back.after, back.before)
    assert not any(each.said_only or each.said_otherwise for each in (there.before, there.after))


# Alerts


@settings(max_examples=20)
@given(sheets(QUESTIONNAIRE), sheets(QUESTIONNAIRE))
def test_comparison_lists_new_kept_and_gone_alerts(first: AnswerSheet, second: AnswerSheet) -> None:
    before, after = saved(first), saved(second)
    parts = compared(before, after)
    shown = [card.alert.alert for card in recomputed(after).cards]
    raised = [alert.title for alert in shown]
    assert [block.title for block in parts.get("Do this first", ()) if isinstance(block, Callout)] == raised
    assert not raised or next(iter(parts)) == "Do this first"
    then, now = ({alert.id for alert in result.said.alerts} for result in (before, after))
    assert lists(parts["Alerts, then and now"]) == {
        heading: titles
        for heading, titles in {
            "New": [alert.title for alert in shown if alert.id not in then],
            "Raised then and now": [alert.title for alert in shown if alert.id in then],
            GONE: [alert.title for alert in before.said.alerts if alert.id not in now],
        }.items()
        if titles
    }


def test_gone_alert_comes_with_no_all_clear() -> None:
    drinking = saved("everyday-drinking")
    part = compared(drinking, saved("steady-home"))["Alerts, then and now"]
    assert drinking.said.alerts
    assert lists(part) == {GONE: [alert.title for alert in drinking.said.alerts]}
    assert lines(part) == ["That is no all-clear. What was behind it may still be there. Ask a clinician."]


# Changed answers


def test_comparison_states_less_or_more_support() -> None:
    drinking, home = saved("everyday-drinking"), saved("steady-home", on=LATER)
    differing, *only_one = answer_counts("everyday-drinking", "steady-home")
    assert only_one == [0, 0]
    assert direction(drinking, home) == [
        f"Then, on January 2, 2026: First, see a doctor. After that: {IOP}.",
        f"Now, on April 6, 2026: {LIGHTER}.",
        f"What you changed: {differing} answers. The direction points to less support.",
        SCORED,
    ]
    assert direction(home, drinking)[2:4] == [
        "The days go backwards: “then” is the later day here.",
        f"What you changed: {differing} answers. The direction points to more support.",
    ]


def test_comparison_states_a_range_as_not_firm() -> None:
    skipped, home = saved("mostly-skipped"), saved("steady-home")
    up_to = f"Not firm: it could be anything up to {INPATIENT}."
    assert direction(skipped, home)[0] == f"Then, on January 2, 2026: {up_to}"
    assert not re.search("direction|support", direction(skipped, home)[2])
    there = lines(compared(home, skipped)["The direction, then and now"])
    assert there[1] == f"Now, on January 2, 2026: {up_to}"
    assert (
        there[-1]
        == "This isn't certain yet, and it doesn't mean that less help is enough. Ask a doctor or counselor first."
    )


def test_withheld_direction_is_stated_with_reason() -> None:
    emergency, home = saved("emergency"), saved("steady-home")
    withheld = f"No direction is given, because of “{emergency.said.alerts[0].title}”."
    counts = answer_counts("steady-home", "emergency")
    assert (counts[0], counts[2]) == (1, 0)
    there = lines(compared(home, emergency)["The direction, then and now"])
    assert there[1] == f"Now, on January 2, 2026: {withheld}"
    assert there[2] == f"{THEIRS}: 1 answer and {counts[1]} questions answered only before."
    assert direction(emergency, home)[0] == f"Then, on January 2, 2026: {withheld}"


def test_withheld_direction_hides_the_areas() -> None:
    part = compared(saved("emergency"), saved("steady-home"))["Areas, then and now"]
    assert isinstance(part[0], Table)
    assert {row[1] for row in part[0].rows} == {"not said: no direction is given"}
    assert "Areas, then and now" not in compared(saved("emergency"), saved("under-18"))


def test_changed_note_is_listed_but_not_quoted() -> None:
    sheet = sheet_of("steady-home")
    first, second = (sheet.with_answer("note", Written(text)) for text in ("One secret.", "Another secret."))
    difference = difference_of(saved(first), saved(second))
    assert [change.question.id for change in difference.changed] == ["note"]
    text = to_plain(comparison_of(difference))
    assert "secret" not in text
    assert f"\nChanged, and not compared here: {QUESTIONNAIRE.questions['note'].topic}\n" in text


def test_skipped_answer_counts_as_changed() -> None:
    before, after = sheet_of("steady-home"), sheet_of("mostly-skipped")
    assert after.answers["mood"] != before.answers["mood"]
    part = compared(saved(before), saved(after))["Answers that changed"]
    assert isinstance(part[0], Table)
    rows = {row[0]: row[1:] for row in part[0].rows}
    mood = QUESTIONNAIRE.questions["mood"]
    chosen = before.answers["mood"]
    assert isinstance(chosen, Chosen)
    assert rows[mood.topic or mood.ask] == (mood.options_by_id[chosen.options[0]].label, "rather not say")


# Results of older questions

SINCE_OLD = f"{SCORED} The questions have changed since the old file was made."
OTHERWISE = "There is another direction or range in the old file."
LEFT_OUT = "Answers that don't count today are left out, and questions without an answer count as skipped."


def test_older_result_is_scored_with_todays_questions(later: Callable[..., Questionnaire]) -> None:
    today = later(LOWER_THRESHOLDS)
    before = saved("steady-home", read_by=today)
    after = saved("steady-home", on=LATER, made_with=today, read_by=today)
    assert direction(before, after) == [
        f"Then, on January 2, 2026: {IOP}.",
        f"Now, on April 6, 2026: {IOP}.",
        "What you changed: nothing. The answers are the same.",
        f"{SINCE_OLD} {OTHERWISE}",
    ]
    assert lines(compared(before, after)["Areas, then and now"])[0] == "No area changed."
    eased = sheet_of("steady-home").with_answer("hold-off", Chosen(("easy",)))
    after = saved(eased, on=LATER, made_with=today, read_by=today)
    assert direction(before, after)[2] == "What you changed: 1 answer. The direction points to less support."


def test_both_results_may_be_older_than_the_questions(later: Callable[..., Questionnaire]) -> None:
    today = later()
    before, after = saved("steady-home", read_by=today), saved("steady-home", on=LATER, read_by=today)
    assert direction(before, after)[-1] == f"{SCORED} The questions have changed since both files were made."


def test_new_gone_and_renamed_questions_are_listed(later: Callable[..., Questionnaire]) -> None:
    today = later(QUESTION_GONE, QUESTION_ADDED, OPTION_RENAMED)
    before = saved("steady-home", read_by=today)
    sheet = sheet_of("steady-home").only({*today.questions}).with_answer("pay", Chosen(("employer",)))
    after = saved(sheet.with_answer("sleep", Chosen(("hardly",))), on=LATER, made_with=today, read_by=today)
    parts = compared(before, after)
    assert lists(parts["Questions that only one result answers"]) == {
        "Answered only now": ["In the past week, how did you sleep?"],
    }
    assert parts["Answers that changed"] == (Paragraph("No answer changed among those that still count."),)
    pay, wish = (QUESTIONNAIRE.questions[name] for name in ("pay", "wish"))
    paid, wished = (question.words_for(sheet_of("steady-home").answers[question.id]) for question in (pay, wish))
    assert parts["Answers to other words than today's"] == (
        Paragraph(THEIR_WORDS),
        Table(("Question", "Before", "Now"), ((pay.ask, paid, paid), (wish.ask, wished, "not answered"))),
    )
    assert direction(before, after) == [
        "Then, on January 2, 2026: Not firm: not enough was answered to say.",
        f"Now, on April 6, 2026: {LIGHTER}.",
        "What you changed: 1 question answered only now. Answers to other words than today's are listed apart.",
        f"On its day, the old file said: {LIGHTER}.",
        f"{SINCE_OLD} {OTHERWISE} {LEFT_OUT}",
    ]
    again = saved("steady-home", on=LATER, read_by=today)
    assert lists(compared(before, again)["Questions that only one result answers"]) == {
        "Asked by today's questions, and answered in neither result": ["In the past week, how did you sleep?"],
    }
    assert direction(before, again)[2] == (
        "What you changed: nothing in the answers that still count. Some don't, because the questions have changed."
    )


RULE_LESS = {
    "alert-rules.yaml": lambda text: re.sub(r"  - id: opioids-earlier-medicine-stopped\n(    .*\n)*", "", text)
}
OPIOIDS = next(alert.title for alert in QUESTIONNAIRE.alerts if alert.id == "opioid-past")


def test_alert_only_in_the_file_is_still_listed(later: Callable[..., Questionnaire]) -> None:
    less = later(RULE_LESS)
    opioids = sheet_of("steady-home").with_answer("opioids", Chosen(("earlier",)))
    opioids = opioids.with_answer("medicine", Chosen(("stopped",)))
    older, newer = saved(opioids, read_by=less), saved(opioids, made_with=less, read_by=less)
    for which, pair in {"old": (older, newer), "new": (newer, older)}.items():
        alerts = compared(*pair)["Alerts, then and now"]
        assert OPIOIDS not in str(lists(alerts))
        assert lines(alerts)[-2:] == [
            f"The {which} file also says: “{OPIOIDS}”. Scored today, its answers do not raise that.",
            "That is no all-clear. What was behind it may still be there. Ask a clinician.",
        ]


def test_alert_of_a_newer_rule_counts_for_both_results(later: Callable[..., Questionnaire]) -> None:
    opioids = sheet_of("steady-home").with_answer("opioids", Chosen(("earlier",)))
    opioids = opioids.with_answer("medicine", Chosen(("stopped",)))
    before = saved(opioids, made_with=later(RULE_LESS))
    for after, heading in ((saved(opioids), "Raised then and now"), (saved("steady-home"), GONE)):
        assert OPIOIDS in lists(compared(before, after)["Alerts, then and now"])[heading]


def test_edited_file_is_scored_by_its_answers() -> None:
    drinking = saved("everyday-drinking", on=LATER)
    text = to_json(assess(QUESTIONNAIRE, sheet_of("everyday-drinking"), on=DAY))
    lowered = text.replace('"direction": {\n    "id": "iop"', '"direction": {\n    "id": "lighter"')
    assert lowered != text
    silenced = re.sub(r'"alerts": \[\n.*?\n  \]', '"alerts": []', lowered, count=1, flags=re.DOTALL)
    before, after = load_result(silenced, "result.json", QUESTIONNAIRE), drinking
    assert direction(before, after)[2:] == [
        "What you changed: nothing. The answers are the same.",
        f"{SCORED} {OTHERWISE}",
    ]
    part = compared(before, after)["Alerts, then and now"]
    cards = recomputed(drinking).cards
    assert cards
    assert lists(part) == {"Raised then and now": [card.alert.alert.title for card in cards]}


# Private answers


def test_private_answers_need_both_files() -> None:
    sheet = sheet_of("not-safe-at-home")
    safe = sheet.with_answer("home-safety", Chosen(("none",)))
    both = difference_of(saved(sheet, private=True), saved(safe, private=True))
    assert [change.question.id for change in both.changed] == ["home-safety"]
    assert [each.alert.level.value for each in both.before.alerts_beyond(both.after)] == ["home safety"]
    public = comparison_of(difference_of(saved(sheet), saved(safe)))
    for one, other in ((True, False), (False, True)):
        found = difference_of(saved(sheet, private=one), saved(safe, private=other))
        assert "One file alone holds private answers." in to_plain(comparison_of(found))
        assert comparison_of(found._replace(one_private=False)) == public
    assert states_no_change(difference_of(saved(sheet), saved(safe)))


def test_removed_private_alert_stays_hidden(later: Callable[..., Questionnaire]) -> None:
    whole = saved("not-safe-at-home", private=True)
    hidden = {alert.id for alert in QUESTIONNAIRE.alerts if alert.private}
    renamed: dict[str, Edit] = {
        name: lambda text: re.sub(rf"\b({'|'.join(sorted(hidden))})\b", r"\1-two", text)
        for name in ("alerts.yaml", "alert-rules.yaml")
    }
    today = later(renamed)
    before = saved("not-safe-at-home", private=True, read_by=today)
    assert {alert.id for alert in before.said.alerts} & hidden
    after = saved("not-safe-at-home", made_with=today, read_by=today)
    difference = difference_of(before, after)
    assert {alert.id for alert in difference.before.saved.said.alerts}.isdisjoint(hidden)
    assert difference.before.said_only == ()
    assert whole.private


# Wording


FROM_THE_QUESTIONNAIRE = {"Do this first", "Because some questions were skipped", "Answers that changed", "Numbers"}
VERDICT = r"\b(better|worse|improve\w*|progress|congrat\w*|well done|great|good|bad|fail\w*|wrong|fault|relapse)\b"


def own_sentences(outline: Outline) -> str:
    parts = tuple(part for part in outline.parts if part.title not in FROM_THE_QUESTIONNAIRE)
    text = to_plain(Outline(title="", subtitle="", pages=(parts,), language="en"), 10_000)
    for worded in map(QUESTIONNAIRE.worded_for, Audience):
        for words in (*(each.does_not_mean for each in worded.directions), *(rule.because for rule in worded.rules)):
            text = text.replace(words, "")
    return text


@pytest.mark.parametrize(("first", "second"), [*pairwise(EXAMPLES)])
def test_comparison_neither_praises_nor_blames(first: str, second: str) -> None:
    for pair in ((first, second), (second, first)):
        text = own_sentences(comparison_of(difference_of(*map(saved, pair))))
        assert re.findall(VERDICT, text, re.IGNORECASE) == []


def comparisons(later: Callable[..., Questionnaire]) -> dict[str, str]:
    today = later(LOWER_THRESHOLDS, QUESTION_GONE, QUESTION_ADDED, OPTION_RENAMED)
    drawn = {
        "everyday-drinking to steady-home": (saved("everyday-drinking"), saved("steady-home", on=LATER)),
        "for-a-mother to emergency": (saved("for-a-mother"), saved("emergency", on=LATER)),
        "older questions": (saved("steady-home", read_by=today), saved("everyday-drinking", on=LATER, read_by=today)),
    }
    return {
        f"{name}.txt": re.sub(r"sha256:\w{12}…", "sha256:…", to_plain(comparison_of(difference_of(*pair))))
        for name, pair in drawn.items()
    }


def test_comparisons_match_the_golden_files(later: Callable[..., Questionnaire], update_golden: bool) -> None:
    expected = comparisons(later)
    if update_golden:
        COMPARISONS.mkdir(exist_ok=True)
        for orphan in {path.name for path in COMPARISONS.iterdir()} - set(expected):
            (COMPARISONS / orphan).unlink()
        for name, text in expected.items():
            (COMPARISONS / name).write_text(text)
    assert {path.name for path in COMPARISONS.iterdir()} == set(expected)
    different = [name for name, text in expected.items() if (COMPARISONS / name).read_text() != text]
    assert different == [], "look at what changed, and if it should: make golden"
