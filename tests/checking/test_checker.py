"""Checking a reading: problems alone, or statements, findings and advice with locations and severities."""

from datetime import date
from pathlib import Path

from iop_fit.checking.checker import Check, Diagnostic, Severity, check_reading
from iop_fit.checking.findings import Evidence, Property, Violation
from iop_fit.errors import Place, Problem
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.problem_codes import Code
from support import DAY, ROOT

SOUND = ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml"
TEXT = SOUND.read_text(encoding="utf-8")
WITHOUT_EXAMPLES = TEXT[: TEXT.index("examples:")]
CALM_FILE = """\
answers: {used: [], alone: rarely, pay: plan}
expect: {direction: %s, highest: less, firm: yes, alerts: [], open alerts: []}
"""


def checked(folder: Path, text: str, *files: tuple[str, str], on: date = DAY) -> Check:
    path = folder / "it.yaml"
    path.write_text(text, encoding="utf-8")
    return check_reading(read_questionnaire(path), files, on)


def in_short(check: Check) -> list[tuple[str, str, int, bool]]:
    """Return severity, code and line of each diagnostic, and whether it has a witness."""
    return [
        (
            each.severity.value,
            each.problem.code,
            each.problem.place.line if each.problem.place else -1,
            bool(each.witness),
        )
        for each in check.diagnostics
    ]


def test_severity_is_problem_finding_or_advice() -> None:
    assert list(Severity) == ["problem", "finding", "advice"]


def test_check_passes_a_sound_questionnaire() -> None:
    check = check_reading(read_questionnaire(SOUND), (), DAY)
    assert check == Check(
        questionnaire=load_questionnaire(SOUND),
        on=DAY,
        examples=4,
        statements=check.statements,
        diagnostics=(),
        all_read=True,
    )
    assert [each.code for each in check.statements] == [
        *("unreachable-direction", "unreachable-alert", "idle-rule"),
        *("hidden-point", "program-without-point"),
        "silent-alert",
        *("more-never-lowers", "practical-changes-nothing", "private-changes-nothing-else", "every-question-asked"),
        *("example-differs", "without-example"),
    ]
    assert check.statements[-2:] == (
        Property(Code.EXAMPLE_DIFFERS, "Each example has the result that it expects.", Evidence.CHECKED, "4 examples"),
        Property(
            Code.WITHOUT_EXAMPLE,
            "Every direction, alert and rule occurs in an example.",
            Evidence.CHECKED,
            "4 examples",
        ),
    )


def test_check_reports_only_problems_if_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(TEXT.replace("minutes: 1", "minutes: one").replace("title: Plans", "titel: Plans"))
    reading = read_questionnaire(path)
    assert [each.code for each in reading.problems] == ["wrong-shape", "unknown-key"]
    assert check_reading(reading, [("file.yaml", "[")], DAY) == Check(
        questionnaire=None,
        on=DAY,
        examples=0,
        statements=(),
        diagnostics=tuple(Diagnostic(Severity.PROBLEM, problem, None) for problem in reading.problems),
        all_read=True,
    )
    unread = check_reading(read_questionnaire(tmp_path / "none.yaml"), (), DAY)
    assert (unread.questionnaire, unread.all_read, in_short(unread)) == (
        None,
        False,
        [("problem", "unreadable", 0, False)],
    )


def test_check_orders_findings_before_advice(tmp_path: Path) -> None:
    text = (
        TEXT.replace("contacts: [lifeline]\n  - id: talk-today", "contacts: []\n  - id: talk-today")
        .replace("raises: more, when: {alone: {at least: often}}", "raises: more, when: {alone: {at least: always}}")
        .replace("verified on: 2025-06-01", "verified on: 2024-06-01")
    )  # fmt: skip
    check = checked(tmp_path, text)
    assert in_short(check) == [
        ("finding", "alert-without-contact", 50, False),
        ("finding", "example-differs", 159, True),
        ("finding", "example-differs", 87, True),
        ("finding", "direction-without-example", 65, False),
        ("advice", "contact-not-verified", 111, False),
    ]
    assert [each.problem.message for each in check.of_severity(Severity.ADVICE)] == [
        'The contact "lifeline" was last verified on June 1, 2024, more than 12 months ago.'
    ]
    assert check.of_severity(Severity.FINDING) == check.diagnostics[:4]
    assert check.of_severity(Severity.PROBLEM) == ()
    findings = [finding for statement in check.statements for finding in statement.findings]
    assert [each.witness for each in check.diagnostics[1:4]] == [each.witness for each in findings]
    assert [each.problem.hint for each in check.diagnostics[1:4]] == [each.hint for each in findings]


def test_review_is_overdue_only_after_its_day(tmp_path: Path) -> None:
    text = TEXT.replace("review by: 2027-07-15", "review by: 2026-03-01")
    assert in_short(checked(tmp_path, text, on=date(2026, 3, 1))) == []
    assert in_short(checked(tmp_path, text, on=date(2026, 3, 2))) == [("finding", "review-overdue", 145, False)]


def test_missing_provenance_is_named_once(tmp_path: Path) -> None:
    start, end = TEXT.index("published:"), TEXT.index("examples:")
    check = checked(tmp_path, TEXT[:start] + TEXT[end:])
    assert in_short(check) == [("advice", "provenance-missing", 2, False)]
    keys = "`published`, `review by`, `updates`, `funding`, `authors`, `interests`, `evidence` and `reading level`"
    message = f"The head doesn't say everything about where the questionnaire comes from: {keys}."
    assert [each.problem.message for each in check.diagnostics] == [message]


def test_source_of_only_a_program_is_used(tmp_path: Path) -> None:
    text = TEXT.replace("sources: rest-2020, ", "").replace("text: Day and night.", "text: Night., sources: rest-2020")
    assert in_short(checked(tmp_path, text)) == []


def test_check_gives_advice_for_the_given_day(tmp_path: Path) -> None:
    assert in_short(checked(tmp_path, TEXT, on=date(2026, 6, 1))) == []
    late = checked(tmp_path, TEXT, on=date(2026, 6, 2))
    assert (late.on, in_short(late)) == (date(2026, 6, 2), [("advice", "contact-not-verified", 111, False)])


# Examples


def test_check_reads_examples_from_both_places(tmp_path: Path) -> None:
    check = checked(tmp_path, TEXT, ("calm.yaml", CALM_FILE % "less"), ("wrong.yaml", CALM_FILE % "most"))
    assert (check.examples, check.statements[-1].scope) == (6, "6 examples")
    assert [(each.problem.code, str(each.problem.place)) for each in check.diagnostics] == [
        ("example-differs", "wrong.yaml:2:21")
    ]
    assert check.diagnostics[0].witness


def test_check_reports_missing_examples(tmp_path: Path) -> None:
    check = checked(tmp_path, WITHOUT_EXAMPLES)
    assert (check.examples, in_short(check)) == (0, [("finding", "no-examples", 2, False)])
    assert [each.code for each in check.statements[-1].findings] == ["no-examples"]
    one = checked(tmp_path, WITHOUT_EXAMPLES, ("calm.yaml", CALM_FILE % "less"))
    assert [(each.code, each.id) for each in one.statements[-1].findings] == [
        ("direction-without-example", "more"),
        ("direction-without-example", "most"),
        ("alert-without-example", "see-a-doctor"),
        ("alert-without-example", "talk-today"),
        *(
            ("rule-without-example", rule)
            for rule in ("pills-every-day", "alone-always", "alone-often", "pills-and-alone")
        ),
    ]


def test_check_skips_coverage_if_an_example_is_bad(tmp_path: Path) -> None:
    check = checked(tmp_path, WITHOUT_EXAMPLES, ("calm.yaml", CALM_FILE % "most"), ("bare.yaml", "answers: {}\n"))
    unread = Violation(
        code=Code.EXAMPLE_EXPECTS_NOTHING,
        noun="example",
        id="",
        message="This example has no expected result.",
        hint="Add the expected result under `expect:`, or move the file to another folder.",
        place=Place("bare.yaml", 1, 1),
    )
    last = check.statements[-1]
    assert (last.code, last.scope, last.findings[0]) == ("example-differs", "1 example", unread)
    assert [(each.code, each.id) for each in last.findings[1:]] == [("example-differs", "calm.yaml")]
    assert check.diagnostics[0] == Diagnostic(
        Severity.FINDING,
        Problem(unread.code, unread.message, Place("bare.yaml", 1, 1), unread.hint),
        None,
    )
    assert len(check.diagnostics) == 2
