"""A result opened once the questions say something else under the same ids, as a person sees it."""

import pytest

from support import TESTS
from support.side_by_side import Command, Done

OLD = (TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text()
NEW = OLD.replace("How often are evenings spent alone?", "How often is breathing hard?").replace(
    "always: Always", "always: Every night"
)
GONE = OLD.replace("id: alone\n", "id: lonely\n").replace("{alone: {at", "{lonely: {at")
SAVED = "the answers, the alerts, what it could not tell, whether it is firm, the range"


@pytest.fixture
def saved(command: Command) -> Command:
    """Return the command in a folder with a result of the old questions, and the new ones."""
    for name, text in {"old.yaml": OLD, "new.yaml": NEW, "gone.yaml": GONE}.items():
        command.write(name, text)
    command.write("answers.yaml", "answers: {alone: always}\n")
    for name in ("old", "new"):
        answers = ("--questions", f"{name}.yaml", "--answers", "answers.yaml")
        assert command("assess", *answers, "--export", f"{name}.json").status == 0
    return command


@pytest.fixture
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    return Command(tmp_path_factory.mktemp("reworded"))


MESSAGES = (
    "Recomputing gives another result. Different now: the answers, the alerts, what it could not tell, the direction, "
    "whether it is firm, the range, the areas, the reasons and what was skipped.\n"
    "The file also said: “Talk with someone today”. That it is not raised now is no all-clear.\n"
    "The questions have changed since this result was made (both say version 1).\n"
)
REWORDED = "1 question was asked in other words then, and counts as not answered.\n"


def part(page: str, title: str) -> list[str]:
    """Return the lines of a part of a page in plain lines, up to the next empty line."""
    lines = page.splitlines()
    start = lines.index(title) + 1
    return lines[start : lines.index("", start)]


def test_show_prints_the_words_of_that_day(saved: Command) -> None:
    done = saved("show", "old.json", "--questions", "new.yaml", "--format", "plain")
    assert (done.status, done.stderr) == (0, MESSAGES + REWORDED)
    assert part(done.stdout, "Asked in other words then") == [
        "Question then / Answer then",
        "How often are evenings spent alone?: Always",
    ]
    assert part(done.stdout, "The reasons it gave") == [
        "- All evenings are spent alone.",
        "- Many evenings are spent alone.",
    ]
    assert "Every night" not in done.stdout


def test_summary_says_what_the_file_said(saved: Command) -> None:
    said = saved("show", "old.json", "--questions", "new.yaml", "--plain").stdout
    assert part(said, "What the file said on its day")[1:] == [
        "- Talk with someone today",
        "Some of its answers don't count today, so the rest of this page may say less.",
    ]


def test_answer_to_a_question_that_is_gone_is_shown(saved: Command) -> None:
    page = saved("show", "old.json", "--questions", "gone.yaml", "--format", "plain").stdout
    assert part(page, "No longer asked") == [
        "Question then / Answer then",
        "How often are evenings spent alone?: Always",
    ]


@pytest.mark.parametrize("format_name", ["json", "fhir"])
def test_record_for_programs_is_refused(saved: Command, format_name: str) -> None:
    assert saved("show", "old.json", "--questions", "new.yaml", "--format", format_name) == Done(
        4,
        "Some answers of this result no longer fit the questions, so it can't be written as JSON or FHIR.\n"
        "  Use the questionnaire it was made with (--questions), or another format.\n",
    )


def test_result_with_the_questions_of_its_day_is_whole(saved: Command) -> None:
    done = saved("show", "old.json", "--questions", "old.yaml")
    assert (done.status, done.stderr) == (0, "Recomputing gives the same result.\n")


def test_compare_never_calls_reworded_answers_the_same(saved: Command) -> None:
    page = saved("compare", "old.json", "new.json", "--questions", "new.yaml", "--plain").stdout
    assert part(page, "Answers that changed") == ["No answer changed among those that still count."]
    assert part(page, "Answers to other words than today's")[-2:] == [
        "How often are evenings spent alone?: Always / asked in other words",
        "How often is breathing hard?: asked in other words / Every night",
    ]
    assert part(page, "Raised then and now") == ["- Talk with someone today"]
