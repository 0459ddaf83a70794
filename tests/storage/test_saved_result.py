"""Saved results: recomputing them, edited and unreadable files, and changed questions."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.outline.recomputed import recomputing
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import blank_sheet, dump_sheet, load_sheet
from iop_fit.storage.conclusion import Outcome, outcome_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed, same_as_saved
from support import DAY, ROOT, TESTS
from support.changed_questions import LOWER_THRESHOLDS, OPTION_RENAMED, QUESTION_ADDED, QUESTION_GONE, changed
from support.sheets import sheets

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
QUESTIONNAIRE = iop_fit.load()
SMALL = iop_fit.load(TESTS / "questionnaires" / "valid" / "folder")
SAME = "Recomputing gives the same result."


def sheet_of(name: str) -> AnswerSheet:
    return load_sheet((ROOT / "examples" / f"{name}.yaml").read_text(), f"{name}.yaml", QUESTIONNAIRE).sheet


def result_of(name: str, *, private: bool = False) -> str:
    return to_json(assess(QUESTIONNAIRE, sheet_of(name), on=DAY, include_private=private))


def different(saved: SavedResult) -> tuple[str, ...]:
    return same_as_saved(saved, to_json(recomputed(saved)))


def opened(text: str, questionnaire: Questionnaire = QUESTIONNAIRE) -> SavedResult:
    return load_result(text, "result.json", questionnaire)


def explanation(saved: SavedResult) -> tuple[str, ...]:
    return recomputing(saved, different(saved))


# Unchanged results


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_saved_example_recomputes_to_the_same_bytes(path: Path, private: bool) -> None:
    text = result_of(path.stem, private=private)
    saved = opened(text)
    assert to_json(recomputed(saved)) == text
    assert (different(saved), saved.dropped, saved.new, saved.changed, explanation(saved)) == (
        (),
        (),
        (),
        False,
        (SAME,),
    )
    assert saved.said == outcome_of(recomputed(saved))


@settings(max_examples=30)
@given(sheets(QUESTIONNAIRE))
def test_any_saved_sheet_recomputes_to_same_bytes(sheet: AnswerSheet) -> None:
    for private in (False, True):
        text = to_json(assess(QUESTIONNAIRE, sheet, on=DAY, include_private=private))
        assert to_json(recomputed(opened(text))) == text


def test_load_result_reads_outcome_and_versions() -> None:
    saved = opened(result_of("steady-home"))
    (title,) = (each.title for each in QUESTIONNAIRE.directions if each.id == "lighter")
    assert saved.said == Outcome("lighter", "lighter", None, firm=True, alerts=(), titles=(title,))
    assert (saved.assessed_on, saved.private) == (DAY, False)
    assert saved.made_with == (iop_fit.__version__, QUESTIONNAIRE.version, QUESTIONNAIRE.digest)


@pytest.mark.parametrize("private", [False, True])
def test_load_result_detects_private_answers(private: bool) -> None:
    saved = opened(result_of("not-safe-at-home", private=private))
    assert (saved.private, "home-safety" in saved.sheet.answers) == (private, private)


def test_public_equals_result_saved_without_private() -> None:
    whole, public = opened(result_of("not-safe-at-home", private=True)), opened(result_of("not-safe-at-home"))
    assert whole.said != public.said
    assert whole.public() == public
    assert public.public() == public


def test_other_program_version_gives_same_result() -> None:
    saved = opened(result_of("steady-home").replace(f'"version": "{iop_fit.__version__}"', '"version": "9.9"', 1))
    assert (saved.made_with.program, explanation(saved)) == ("9.9", (SAME,))


# Edited files


def edited(name: str, old: str, new: str) -> SavedResult:
    text = result_of(name)
    assert text.count(old) == 1
    return opened(text.replace(old, new))


FILE_CHANGED = (
    f"The questions are the same, and so is iop-fit (version {iop_fit.__version__}). So the file was changed later."
)


def test_changed_answer_gives_another_result() -> None:
    saved = edited("steady-home", '"hold-off": "mostly"', '"hold-off": "hours"')
    assert different(saved) == ("direction", "range", "areas", "fired", "points", "changes", "sources")
    parts = (
        "the direction, the range, the areas, the reasons, the points to talk over, what would change it "
        "and the sources"
    )
    assert explanation(saved) == (f"Recomputing gives another result. Different now: {parts}.", FILE_CHANGED)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('"firm": true', '"firm": false', "firm", "whether it is firm"),
        ('"firm": true', '"firm": "true"', "firm", "whether it is firm"),
        ('"withheld_by": null', '"withheld_by": {"id": "nothing"}', "withheld_by", "what withholds the direction"),
        ('"open_alerts": []', '"open_alerts": [1]', "open_alerts", "what it could not tell"),
        ('"practical": [', '"practical": [1, ', "practical", "the practical answers that are counted"),
        ('"firm": true', '"firm": true, "extra": 1', "extra", "other parts of the file"),
        ('"firm": true', f'"firm": true, "extra": {"1" * 5000}', "extra", "other parts of the file"),
        (
            f'"{QUESTIONNAIRE.version}",\n    "digest"',
            '"7",\n    "digest"',
            "questionnaire",
            "the version of the questions",
        ),
    ],
)
def test_edited_part_of_a_file_is_reported(old: str, new: str, key: str, words: str) -> None:
    saved = edited("steady-home", old, new)
    assert different(saved) == (key,)
    assert explanation(saved) == (f"Recomputing gives another result. Different now: {words}.", FILE_CHANGED)


def test_one_and_true_are_different_values() -> None:
    text = result_of("steady-home")
    changed_text = text.replace('"shown": true', '"shown": 1', 1)
    assert different(opened(changed_text)) == ("points",)


def test_other_program_is_named_if_result_differs() -> None:
    text = result_of("steady-home").replace(f'"version": "{iop_fit.__version__}"', '"version": "9.9\\u202e"', 1)
    now = f"{iop_fit.__version__} now"
    sentence = "The questions are the same. So the file was changed later, or another iop-fit made it (version "
    assert explanation(opened(text.replace('"firm": true', '"firm": false')))[1:] == (f"{sentence}9.9 then, {now}).",)
    without = json.loads(text.replace('"firm": true', '"firm": false'))
    del without["tool"]
    assert explanation(opened(json.dumps(without)))[1:] == (f"{sentence}{now}).",)


# Unreadable files

GOOD_SMALL = load_sheet(
    "answers: {sleep: good, used: [], pay: plan, home-safe: safe, words: x}", "answers.yaml", SMALL
).sheet
READ_BACK = (
    "format",
    "questionnaire",
    "assessed_on",
    "for",
    "answers",
    "alerts",
    "firm",
    "areas",
    "range",
    "direction",
)
WHOLE = json.loads(to_json(assess(SMALL, GOOD_SMALL, on=DAY)))
RESULT = json.dumps({key: WHOLE[key] for key in READ_BACK}, indent=2)
NOT_A_RESULT = """
result.json:1:1: This file is not a result.
  A result is the .json file that `iop-fit assess --export` writes, not the .fhir.json one.
"""
ANSWERS = """
result.json: This is an answers file or a draft, not a result.
  Use `iop-fit assess --answers result.json`.
"""
UNREADABLE = {
    "not-json": (
        "{nothing",
        """
result.json:1:2: This is not valid JSON (Expecting property name enclosed in double quotes).
  Check here and just before: a missing or extra comma, quote or bracket.
""",
    ),
    "text": (
        "Hello.",
        """
result.json:1:1: This is not valid JSON (Expecting value).
  Check here and just before: a missing or extra comma, quote or bracket.
""",
    ),
    "list": ("[1]", NOT_A_RESULT),
    "something-else": ('{"a": 1}', NOT_A_RESULT),
    "answers": ('{"answers": {}}', ANSWERS),
    "draft": (dump_sheet(GOOD_SMALL, SMALL), ANSWERS),
    "other-format": (
        '{"format": "iop-fit result 3"}',
        """
result.json:1:12: The format of this file is "iop-fit result 3", but this version reads only "iop-fit result 1" and \
"iop-fit result 2".
  A newer iop-fit may be able to read it.
""",
    ),
    "format-is-no-text": ('{"format": {}}', NOT_A_RESULT),
    "other-questionnaire": (
        RESULT.replace('"id": "small"', '"id": "other"'),
        """
result.json:4:11: These answers are for the questionnaire "other", not "small".
  Name the right questionnaire with --questions.
""",
    ),
    "bad-day": (
        RESULT.replace("2026-01-02", "2026-13-02"),
        """
result.json:19:18: "assessed_on" must be a date as YYYY-MM-DD, not "2026-13-02".
  Meaning: the date of the assessment.
""",
    ),
    "several": (
        RESULT.replace("2026-01-02", "today")
        .replace('"sleep": "good"', '"sleep": "goood"')
        .replace('"pay": "plan",', ""),
        """
result.json:19:18: "assessed_on" must be a date as YYYY-MM-DD, not "today".
  Meaning: the date of the assessment.
result.json:22:14: "sleep" has no option "goood".
  Did you mean "good"? Write one of these: good, restless, sleepless. To skip it: {skipped: rather-not-say}.
result.json:21:14: "pay" has no answer yet: How is care paid for?
  Write one of these: plan, myself. To skip it: {skipped: rather-not-say}.
""",
    ),
    "wrong-shapes": (
        RESULT.replace('"alerts": []', '"alerts": {}', 1)
        .replace('"areas": [', '"areas": [7,')
        .replace("true", '"maybe"', 1),
        """
result.json:27:13: "alerts" must be a list of mappings, but is empty.
  Meaning: the raised alerts, most urgent first.
result.json:28:11: "firm" must be yes or no, not "maybe".
  Meaning: whether the result is final despite skipped questions.
result.json:29:13: An area of a result must be a mapping, not a single value.
  Write keys with their values, like `id: ...`.
""",
    ),
    "no-answers": (
        '{"format": "iop-fit result 1", "answers": [], "questionnaire": 5, "for": "us", "firm": "yes", "range": {}}',
        """
result.json:1:1: This result has no "assessed_on".
  Add `assessed_on:` with a date as YYYY-MM-DD. Meaning: the date of the assessment.
result.json:1:1: This result has no "alerts".
  Add `alerts:` with a list of mappings. Meaning: the raised alerts, most urgent first.
result.json:1:1: This result has no "areas".
  Add `areas:` with a list of mappings. Meaning: the score and level of each area.
result.json:1:43: "answers" must be a mapping of question ids to answers, not a list.
  Meaning: the answers, by question id.
result.json:1:64: "questionnaire" must be a mapping, not a single value.
  Meaning: the questionnaire that the result was made with.
result.json:1:74: "for" must be one of the allowed words, not "us".
  Use one of: me or someone.
""",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_result_file_is_rejected(name: str) -> None:
    text, expected = UNREADABLE[name]
    with pytest.raises(IopFitError) as caught:
        opened(text, SMALL)
    assert f"\n{caught.value}\n" == expected


def test_yaml_answers_file_is_recognized() -> None:
    for text in (blank_sheet(SMALL), "answers: {}\n"):
        with pytest.raises(IopFitError) as caught:
            load_result(text, "answers.yaml", SMALL)
        assert f"\n{caught.value}\n" == ANSWERS.replace("result.json", "answers.yaml")


def test_invalid_private_answer_is_not_quoted() -> None:
    text = to_json(assess(SMALL, GOOD_SMALL, on=DAY, include_private=True))
    with pytest.raises(IopFitError) as caught:
        opened(text.replace('"home-safe": "safe"', '"home-safe": "secret"'), SMALL)
    assert "secret" not in str(caught.value)


# Changed questions


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_old_result_works_with_changed_questions(path: Path, later: Questionnaire) -> None:
    for private in (False, True):
        saved = opened(result_of(path.stem, private=private), later)
        assert saved.changed
        assert recomputed(saved).questionnaire.version == "9.9.9"
        assert {*saved.given.answers}.isdisjoint({*saved.dropped, *saved.new})


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    folder = tmp_path_factory.mktemp("later") / "questions"
    return changed(folder, LOWER_THRESHOLDS, QUESTION_GONE, QUESTION_ADDED, OPTION_RENAMED)


def test_invalid_old_answers_are_dropped_and_listed(later: Questionnaire) -> None:
    saved = opened(result_of("steady-home"), later)
    assert (saved.dropped, saved.new) == (("pay", "wish"), ("sleep",))
    skipped = Skipped(SkipReason.DONT_KNOW)
    assert (saved.sheet.answers["pay"], saved.sheet.answers["sleep"]) == (skipped, skipped)
    assert saved.given == saved.sheet.only({*sheet_of("steady-home").answers} - {"pay", "wish"})
    parts = (
        "the answers, what it could not tell, the direction, whether it is firm, the range, the areas, the reasons, "
        "the points to talk over, what would change it, what was skipped and the sources"
    )
    assert explanation(saved) == (
        f"Recomputing gives another result. Different now: {parts}.",
        f"The questions have changed since this result was made (version {QUESTIONNAIRE.version} then, 9.9.9 now).",
        "2 answers do not fit any more and were left out.",
        "1 question has no answer in the file and counts as skipped.",
    )


def test_harmless_question_changes_are_reported(tmp_path: Path) -> None:
    saved = opened(result_of("steady-home"), changed(tmp_path / "questions"))
    assert different(saved) == ("questionnaire",)
    changes = (
        f"The questions have changed since this result was made (version {QUESTIONNAIRE.version} then, 9.9.9 now)."
    )
    assert explanation(saved) == (SAME, changes)


def test_withholding_alert_needs_no_new_answer(later: Questionnaire) -> None:
    saved = opened(result_of("emergency"), later)
    assert (saved.new, different(saved)) == ((), ("questionnaire",))


def test_removed_question_affects_nothing_else(tmp_path: Path) -> None:
    saved = opened(result_of("weekend-weed"), changed(tmp_path / "questions", QUESTION_GONE))
    assert (saved.dropped, saved.new) == (("wish",), ())
    assert explanation(saved) == (
        "Recomputing gives another result. Different now: the answers and the points to talk over.",
        f"The questions have changed since this result was made (version {QUESTIONNAIRE.version} then, 9.9.9 now).",
        "1 answer does not fit any more and was left out.",
    )


def test_new_private_question_needs_private_answers(tmp_path: Path) -> None:
    text = (ROOT / "questions" / "program-fit" / "home.yaml").read_text()
    start = text.index("  - id: home-safety")
    added = text[start : text.index("    dimension: ", start)] + "    dimension: 5\n\n"
    added = added.replace("id: home-safety", "id: home-safety-two")
    later = changed(tmp_path / "questions", {"home.yaml": lambda text: text[:start] + added + text[start:]})
    assert opened(result_of("not-safe-at-home"), later).new == ()
    whole = opened(result_of("not-safe-at-home", private=True), later)
    assert (whole.new, whole.public().new) == (("home-safety-two",), ())
