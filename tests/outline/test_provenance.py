"""Where a questionnaire comes from: on paper, in `about`, in JSON, and a note once its review is overdue."""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.domain.guidance import Strength
from iop_fit.domain.questionnaire import Provenance, Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Items, Outline
from iop_fit.outline.parts.care_options import ABOUT, DECIDE, PART, options_outline
from iop_fit.outline.provenance import LICENSE, about_outline, overdue_note, provenance
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report.formats import draw_on_screen, render
from support import DAY, ROOT, Run
from support.example_results import EXAMPLES, read
from support.html_pages import block_texts
from support.readability import EXPLANATIONS, QUESTIONS, grade, pages

WRITTEN = [ROOT / "questions" / "program-fit", ROOT / "examples" / "stepping-down"]
NOTE = "These questions were due for review by November 27, 2027, so check important facts with a provider."
LAST_DAY = date(2027, 11, 27)


@pytest.fixture(params=WRITTEN, ids=lambda path: path.name)
def written(request: pytest.FixtureRequest) -> Questionnaire:
    """Each questionnaire meant for real people."""
    return iop_fit.load(request.param)


def items_in(outline: Outline, title: str) -> list[str]:
    (part,) = (part for part in outline.parts if part.title == title)
    return [item.text for block in part.blocks if isinstance(block, Items) for item in block.items]


# What the head says, compared with what is measured


def test_written_provenance_is_complete(written: Questionnaire) -> None:
    assert written.provenance.missing == ()


def grade_of(texts: Iterable[str]) -> float:
    """Return the grade of texts, read as a whole."""
    return grade("\n".join(f"{text.rstrip('.')}." for text in texts if text))


def highest_grade(written: Questionnaire, *limits: float) -> float:
    """Return the grade of all pages with these limits, in the wording that is harder to read."""
    wordings = [[page for page in pages(written.worded_for(each)) if page.limit in limits] for each in Audience]
    return max(grade_of(text for page in read for text in page.texts) for read in wordings)


def test_reading_level_is_the_measured_one() -> None:
    """The bundled questionnaire rounds it, and names the page of options besides."""
    bundled, other = map(iop_fit.load, WRITTEN)
    options = [options_outline(bundled, audience=each) for each in Audience]
    described = [part for outline in options for part in outline.parts if part.title in (ABOUT, PART, DECIDE)]
    assert len(described) == 6
    on_page = grade_of(text for part in described for block in part.blocks for text in block_texts(block))
    both = max(highest_grade(bundled, limit) for limit in (QUESTIONS, EXPLANATIONS))
    told = re.findall(r"about grade (\d+)\b(?!\.\d)", bundled.provenance.reading_level)
    assert told == [f"{both:.0f}", f"{on_page:.0f}"]
    grades = (highest_grade(other, limit) for limit in (QUESTIONS, EXPLANATIONS))
    assert re.findall(r"grade (\d+\.\d)", other.provenance.reading_level) == [f"{each:.1f}" for each in grades]


def test_evidence_in_words_fits_the_sources_and_rules() -> None:
    bundled = iop_fit.load(WRITTEN[0])
    kinds = [source.strength for source in bundled.sources]
    assert 0 < kinds.count(Strength.TRIAL) < kinds.count(Strength.REVIEW)
    assert kinds.count(Strength.GUIDELINE)
    assert sum(rule.sources == ("judgment",) for rule in bundled.rules) > len(bundled.rules) / 2
    assert any("other people's words" in " ".join(source.shows.split()) for source in bundled.sources)
    said = bundled.provenance.evidence
    for claim in (
        "guidelines and reviews of many studies first",
        "not a full search",
        "only in other people's words",
        "More than half of the rules",
    ):
        assert claim in said
    assert "source" in said
    assert not re.search(r"\d", said)


def test_evidence_counts_sources_and_rules() -> None:
    written = iop_fit.load(WRITTEN[1])
    evidence = [source for source in written.sources if source.strength is not Strength.JUDGMENT]
    kinds = [source.strength for source in evidence]
    trials = [kinds.count(Strength.TRIAL)] if Strength.TRIAL in kinds else []
    retold = sum("other people's words" in source.shows for source in evidence)
    judged = sum(rule.sources == ("judgment",) for rule in written.rules)
    counted = [len(evidence), kinds.count(Strength.GUIDELINE), kinds.count(Strength.REVIEW), *trials, retold, judged]
    assert [*map(int, re.findall(r"\d+", written.provenance.evidence))] == [*counted, len(written.rules)]


def test_evidence_names_the_file_of_sources() -> None:
    path = WRITTEN[1]
    (name,) = re.findall(r"[\w-]+\.yaml", iop_fit.load(path).provenance.evidence)
    assert "\nsources:\n" in (path / name).read_text()


def test_no_clinician_is_claimed(written: Questionnaire) -> None:
    assert "No licensed clinician wrote or reviewed it." in written.provenance.authors
    assert re.search(r"No licensed clinician(, such as a doctor,)? has reviewed it\.", written.notice)


# Where it is shown


def test_paper_gives_every_fact(questionnaire: Questionnaire) -> None:
    result = assess(questionnaire, read(EXAMPLES[0], questionnaire).sheet, on=DAY)
    about = items_in(about_outline(questionnaire, DAY), "The questionnaire")
    assert items_in(paper_of(result), "About this page") == about
    assert [text.partition(":")[0] for text in about] == [
        *("Dates", "Updates", "Funding", "Written by", "Interests of the authors"),
        *("Evidence", "Reading level"),
    ]


def test_license_is_that_of_the_project() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == LICENSE
    assert (ROOT / "LICENSE").read_text().startswith(f"{LICENSE} License")


def test_json_gives_every_fact(questionnaire: Questionnaire) -> None:
    result = assess(questionnaire, read(EXAMPLES[0], questionnaire).sheet, on=DAY)
    given = json.loads(render(result, "json"))["questionnaire"]["provenance"]
    known = questionnaire.provenance
    assert given == {
        **known._asdict(),
        "published": "2026-11-27",
        "review_by": "2027-11-27",
        "review_overdue": False,
    }


def test_unknown_provenance_is_left_out(questionnaire: Questionnaire) -> None:
    unknown = replace(questionnaire, provenance=Provenance())
    assert [*provenance(unknown)] == []
    result = assess(unknown, read(EXAMPLES[0], questionnaire).sheet, on=DAY)
    given = json.loads(render(result, "json"))["questionnaire"]["provenance"]
    assert given.pop("review_overdue") is False
    assert {*given.values()} == {None}


# A date of review that has passed


def test_note_is_given_only_after_the_day(questionnaire: Questionnaire) -> None:
    assert overdue_note(questionnaire, LAST_DAY) == ""
    assert overdue_note(questionnaire, LAST_DAY + timedelta(days=1)) == NOTE


@pytest.mark.parametrize("path", [EXAMPLES[0], ROOT / "examples" / "emergency.yaml"], ids=lambda path: path.stem)
def test_late_result_says_so_once_in_every_order(questionnaire: Questionnaire, path: Path) -> None:
    sheet = read(path, questionnaire).sheet
    late = assess(questionnaire, sheet, on=LAST_DAY + timedelta(days=1))
    in_time = assess(questionnaire, sheet, on=LAST_DAY)
    for order in (full_of, paper_of):
        assert order(late).subtitle.count(NOTE) == 1
        assert "due for review" not in str(order(in_time))
    given = json.loads(render(late, "json"))["questionnaire"]["provenance"]
    assert (given["review_by"], given["review_overdue"]) == ("2027-11-27", True)


def test_about_says_that_the_review_is_late(questionnaire: Questionnaire) -> None:
    shown = draw_on_screen(about_outline(questionnaire, date(2028, 1, 1)), width=80, color=False, plain=False)
    assert " ".join(shown.split()).count(NOTE) == 1


# The command


def test_about_prints_version_license_and_privacy(run: Run) -> None:
    done = run("about", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[3:8] == [
        f"• iop-fit, version {iop_fit.__version__}",
        "• License: MIT. Anyone may use, copy and change it for free. It comes without",
        "  any warranty.",
        "• Nothing leaves this computer. iop-fit never connects to a network. It saves",
        "  only the files that you ask for.",
    ]
    assert "• Funding: None. No one paid for it." in lines


def test_about_is_plain_on_request(run: Run) -> None:
    assert "- Funding: None. No one paid for it." in run("about", "--plain").stdout.splitlines()


def test_about_describes_another_questionnaire(run: Run) -> None:
    minimal = ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml"
    done = run("about", "--questions", str(minimal))
    assert "Funding" not in done.stdout
    assert "Questionnaire minimal, version" in done.stdout


def test_check_fails_once_the_review_is_late(run: Run) -> None:
    in_time, late = (run("check", "--on", day) for day in ("2027-11-27", "2027-11-28"))
    assert (in_time.returncode, "review-overdue" in in_time.stdout) == (0, False)
    assert (late.returncode, late.stdout.count("finding [review-overdue]")) == (1, 1)
