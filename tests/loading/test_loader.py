"""The loader: where each field goes, the records it keeps, and the order of problems."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from iop_fit.domain.answers import Chosen
from iop_fit.domain.care_option import CareOption, Study
from iop_fit.domain.guidance import Source, Strength
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_PROBLEMS
from iop_fit.loading.loader import Reading, _in_order, load_questionnaire, read_questionnaire
from iop_fit.loading.questionnaire_files import read_source
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from support import ROOT

VALID = ROOT / "tests" / "questionnaires" / "valid"
SOUND = VALID / "sound.yaml"
MINIMAL = (VALID / "minimal.yaml").read_text(encoding="utf-8")
SECTIONS = MINIMAL[MINIMAL.index("sections:") : MINIMAL.index("alerts:")]
GUIDANCE = MINIMAL[MINIMAL.index("alerts:") :]
HEAD = MINIMAL[: MINIMAL.index("sections:")]
BROKEN = "points: [\n"


def written(folder: Path, files: Mapping[str, str], head: str = HEAD) -> Path:
    """Write a folder whose manifest lists these files, in this order."""
    (folder / "questionnaire.yaml").write_text(f"{head}files: [{', '.join(files)}]\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def reported(reading: Reading) -> list[tuple[str, int, str]]:
    """Return the file, line and code of each problem."""
    places = [each.place or Place("nowhere") for each in reading.problems]
    return [
        (Path(place.file).name, place.line, each.code) for place, each in zip(places, reading.problems, strict=True)
    ]


# Valid files


def test_loader_reads_what_sources_show() -> None:
    found = load_questionnaire(VALID / "cited.yaml")
    assert found.provenance[:2] == (date(2025, 7, 15), date(2027, 7, 15))
    assert [program.sources for program in found.programs] == [("hours-2014",), ()]
    assert found.sources[:3] == (
        Source("judgment", "Some thresholds are judgment.", strength=Strength.JUDGMENT),
        Source("cost-2021", "Prices of programs.", year=2021, strength=Strength.DATA),
        Source("crisis-2020", "Advice on crises.", "example.org/crisis", 2020, "Talking helps.", Strength.GUIDELINE),
    )


def test_loader_reads_every_field_of_a_file() -> None:
    found = load_questionnaire(SOUND)
    assert (found.id, found.title, found.version) == ("sound", "A sound questionnaire", "1")
    assert (found.language, found.audience, found.notice, found.minutes) == (
        "en",
        "Adults",
        "This is not a diagnosis.",
        1,
    )
    assert found.digest == read_source(SOUND).digest
    assert {
        name: [each.id for each in getattr(found, name)]
        for name in (
            *("sections", "alerts", "directions", "rules", "programs", "points", "care_options", "contacts"),
            "sources",
        )
    } == {
        "sections": ["days", "plans"],
        "alerts": ["see-a-doctor", "talk-today"],
        "directions": ["less", "more", "most"],
        "rules": ["pills-every-day", "alone-always", "alone-often", "pills-and-alone"],
        "programs": ["evening", "live-in"],
        "points": ["home", "staff", "calm", "rest", "cost"],
        "contacts": ["lifeline"],
        "care_options": ["evenings", "doctor"],
        "sources": ["judgement", "rest-2019", "rest-2020"],
    }


def test_loader_reads_every_field_of_a_care_option() -> None:
    evenings, doctor = load_questionnaire(SOUND).care_options
    assert evenings == CareOption(
        id="evenings",
        name="Evening program",
        what="Three evenings a week.",
        week="Groups, then home.",
        asks="Three free evenings.",
        good="Days stay free.",
        drawbacks="Nights are alone.",
        studies=(Study("Evenings helped.", ("rest-2019",)),),
        sure="Not very.",
        costs="Three evenings.",
        unsuited="People who work nights.",
        marked_for=("less", "more"),
    )
    assert (doctor.studies, doctor.marked_for) == ((), ("see-a-doctor",))


def test_loader_reads_the_rows_that_an_answer_touches(questionnaire: Questionnaire) -> None:
    options = questionnaire.questions["matters"].options_by_id
    assert (options["job"].touches, options["soon"].touches) == (("costs",), ())


BRIEF = (
    MINIMAL.replace("minutes: 1\n", "minutes: 1\ncondition: It can be mild.\nnot asked: names of medicines\n")
    .replace("title: Fewer hours\n", "title: Fewer hours\n    short: Fewer\n")
    .replace(
        "rarely: Rarely", "rarely: {label: Rarely, in brief: seldom alone, clause: you, clause about someone: they}"
    )
    .replace(
        "alerts:",
        """\
      - id: signs
        kind: several
        ask: Which of these did you see?
        why: Signs help.
        none in brief: no signs
        options: {one: One}
        dimension: 5

alerts:""",
        1,
    )
)


def test_loader_reads_short_words_and_what_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(BRIEF)
    found = load_questionnaire(path)
    assert (found.condition, found.not_asked) == ("It can be mild.", "names of medicines")
    assert [each.short for each in found.directions] == ["Fewer", ""]
    rarely, often, _ = found.questions["alone"].options
    assert (rarely.brief, rarely.clause) == ("seldom alone", "you")
    assert (often.brief, often.clause) == ("", "")
    someone = found.worded_for(Audience.SOMEONE).questions["alone"].options[0]
    assert (someone.brief, someone.clause) == ("seldom alone", "they")
    assert found.questions["signs"].brief_for(Chosen(())) == "no signs"
    bare = load_questionnaire(VALID / "minimal.yaml")
    assert (bare.condition, bare.not_asked) == ("", "")


def test_only_a_question_with_several_answers_takes_none_in_brief(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("        why: Company", "        none in brief: no one\n        why: Company"))
    ((_, _, code),) = reported(read_questionnaire(path))
    assert code == Code.KEY_OF_ANOTHER_KIND


def test_reading_a_valid_file_has_no_problems() -> None:
    reading = read_questionnaire(SOUND)
    assert reading == Reading(load_questionnaire(SOUND), (), reading.records, all_read=True)
    assert [(each.noun, each.id) for each in reading.records] == [
        ("head", "sound"),
        ("section", "days"),
        ("section", "plans"),
    ]


def test_sections_follow_head_and_file_order(tmp_path: Path) -> None:
    def renamed(name: str) -> str:
        return SECTIONS.replace("evenings", name).replace("id: alone", f"id: {name}-alone")

    section_file = renamed("noon").replace("sections:\n", "").replace("  - section", "    section")
    files = {
        "guidance.yaml": GUIDANCE,
        "noon.yaml": "\n".join(line[4:] for line in section_file.splitlines()),
        "night.yaml": renamed("night"),
    }
    reading = read_questionnaire(written(tmp_path, files, HEAD + SECTIONS))
    assert reading.problems == ()
    assert reading.questionnaire
    assert [each.id for each in reading.questionnaire.sections] == ["evenings", "noon", "night"]
    assert [each.noun for each in reading.records] == ["head", "part", "part", "section", "section", "section"]
    assert [each.id for each in reading.records if each.noun == "section"] == ["evenings", "noon", "night"]
    assert reading.all_read


# Unreadable files


def test_reading_a_missing_file_has_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    reading = read_questionnaire(path)
    assert reading == Reading(None, reading.problems, (), all_read=False)
    with pytest.raises(IopFitError) as caught:
        load_questionnaire(path)
    assert [each.message for each in caught.value.problems] == ["There is no such file."]


def test_loader_raises_all_problems_of_a_reading(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("minutes: 1", "minutes: one").replace("kind: need", "kind: needs"))
    reading = read_questionnaire(path)
    assert reported(reading) == [("it.yaml", 8, "wrong-shape"), ("it.yaml", 13, "wrong-shape")]
    assert reading == Reading(None, reading.problems, reading.records, all_read=True)
    assert [each.noun for each in reading.records] == ["head", "section"]
    with pytest.raises(IopFitError) as caught:
        load_questionnaire(path)
    assert caught.value.problems == reading.problems


@pytest.mark.parametrize(
    ("listed", "all_read"), [({"guidance.yaml": GUIDANCE}, True), ({"guidance.yaml": GUIDANCE, "a.yaml": "["}, False)]
)
def test_reading_stops_at_too_many_problems(tmp_path: Path, listed: Mapping[str, str], all_read: bool) -> None:
    many = "".join(f"key{number}: 1\n" for number in range(MAX_PROBLEMS))
    reading = read_questionnaire(written(tmp_path, listed, HEAD + SECTIONS + many))
    assert reading == Reading(None, reading.problems, (), all_read)
    assert len(reading.problems) == MAX_PROBLEMS + 1
    assert reading.problems[-1].code == "too-many-problems"


# Which problems are reported


def test_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    guidance = GUIDANCE.replace("level: crisis", "level: high").replace("{at least: always}", "{at least: X}")
    files = {
        "z.yaml": guidance,
        "a.yaml": SECTIONS.replace("kind: need", "kind: needs"),
    }
    head = HEAD.replace("minutes: 1", "minutes: one").replace("language: en", "language: e")
    written(tmp_path, files, head)
    (tmp_path / "b.yaml").write_text("points: []\n")
    assert reported(read_questionnaire(tmp_path)) == [
        ("questionnaire.yaml", 5, "wrong-shape"),
        ("questionnaire.yaml", 8, "wrong-shape"),
        ("z.yaml", 3, "wrong-shape"),
        ("z.yaml", 25, "unknown-reference"),
        ("a.yaml", 4, "wrong-shape"),
        ("b.yaml", 0, "unlisted-file"),
    ]


def test_part_that_is_not_a_mapping_is_reported(tmp_path: Path) -> None:
    files = {"sections.yaml": SECTIONS, "guidance.yaml": GUIDANCE, "points.yaml": "- section: nights\n"}
    reading = read_questionnaire(written(tmp_path, files))
    assert reported(reading) == [("points.yaml", 1, "not-a-mapping")]
    assert [each.noun for each in reading.records] == ["head", "part", "part", "part", "section"]


def test_problems_without_a_place_come_first() -> None:
    problems = Problems(
        [
            Problem(Code.UNKNOWN_KEY, "Late.", Place(str(SOUND), 9, 1)),
            Problem(Code.UNKNOWN_KEY, "Other.", Place("other.yaml", 1, 1)),
            Problem(Code.UNKNOWN_KEY, "Nowhere."),
            Problem(Code.UNKNOWN_KEY, "Early.", Place(str(SOUND), 2, 1)),
        ]
    )
    ordered = _in_order(problems, read_source(SOUND))
    assert [each.message for each in ordered] == ["Nowhere.", "Early.", "Late.", "Other."]


GATED = (
    GUIDANCE
    + """
sections:
  - section: nights
    title: Nights
    kind: need
    questions:
      - id: gated
        ask: How are the nights?
        why: Nights count.
        options: {good: Good, bad: Bad}
        ask when: [{gate: {at least: bad}}]
        dimension: 5
      - id: gate
        ask: How are the days?
        why: Days count.
        options: {good: Good, bad: Bad}
        dimension: 5
        colour: red
"""
)
ONE_DIRECTION = GUIDANCE.replace(GUIDANCE[GUIDANCE.index("  - id: more") : GUIDANCE.index("rules:")], "")


@pytest.mark.parametrize(
    ("guidance", "all_codes", "codes_beside_an_unread_file"),
    [
        (GATED, ["gate-not-earlier", "unknown-key"], ["unknown-key"]),
        (GUIDANCE.replace("alone: {at least: often}", "nights: {at least: often}"), ["unknown-reference"], []),
        (ONE_DIRECTION, ["too-few-directions", "unknown-reference"], []),
    ],
)
def test_unreadable_file_hides_problems_it_may_cause(
    tmp_path: Path, guidance: str, all_codes: list[str], codes_beside_an_unread_file: list[str]
) -> None:
    whole, partly = tmp_path / "whole", tmp_path / "partly"
    whole.mkdir()
    partly.mkdir()
    files = {"sections.yaml": SECTIONS, "guidance.yaml": guidance}
    assert sorted(code for _, _, code in reported(read_questionnaire(written(whole, files)))) == all_codes
    reading = read_questionnaire(written(partly, {**files, "points.yaml": BROKEN}))
    assert [code for name, _, code in reported(reading) if name != "points.yaml"] == codes_beside_an_unread_file
    assert not reading.all_read


# The language


@pytest.mark.parametrize("tag", ["en", "ES", "gsw", "en-US", "zh-Hant-TW", "de-1996", "en-12345678"])
def test_language_may_be_any_language_tag(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("language: en\n", f'language: "{tag}"\n'))
    assert load_questionnaire(path).language == tag


@pytest.mark.parametrize("tag", ["e", "engl", "en_US", "en-", "en-U", "en-123456789", "en US", "7n", "en-US x"])
def test_invalid_language_tag_is_reported(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("language: en\n", f'language: "{tag}"\n'))
    assert read_questionnaire(path).problems == (
        Problem(
            code=Code.WRONG_SHAPE,
            message=f'"language" must be a language tag, such as `en` or `es-US`, not "{tag}".',
            place=Place(str(path), 5, 11),
            hint="Write the tag of the language that the texts are in.",
        ),
    )


def test_missing_language_is_reported_once(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(MINIMAL.replace("language: en\n", ""))
    assert reported(read_questionnaire(path)) == [("it.yaml", 2, "missing-key")]
