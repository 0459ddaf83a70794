"""Invalid answers given to the real command: all problems are reported, and no file is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iop_fit.report.registry import FORMATS, REPORTS
from iop_fit.text import join
from support import restarted
from support.side_by_side import QUESTIONS, Case, Command, Done, run_side_by_side, usage

MINIMAL = QUESTIONS.parent / "minimal.yaml"
GOOD = "answers: {sleep: good, used: [], pay: plan, home-safe: safe, words: Thank you.}\n"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


# Missing answers

MISSING = {
    "sleep": (
        '"sleep" has no answer yet: How are the nights?\n'
        "  Write one of these: good, restless, sleepless. To skip it: {skipped: rather-not-say}.\n"
    ),
    "used": (
        '"used" has no answer yet: What was used this week?\n'
        "  Write a list of any of these, or [] for none: alcohol, pills. To skip it: {skipped: rather-not-say}.\n"
    ),
    "pills-daily": (
        '"pills-daily" has no answer yet: Are the pills taken every day?\n'
        "  Write one of these: not-daily, daily. To skip it: {skipped: rather-not-say}.\n"
    ),
    "pay": (
        '"pay" has no answer yet: How is care paid for?\n'
        "  Write one of these: plan, myself. To skip it: {skipped: rather-not-say}.\n"
    ),
    "home-safe": (
        '"home-safe" has no answer yet: Is home safe?\n'
        "  Write one of these: safe, unsafe. To skip it: {skipped: rather-not-say}.\n"
    ),
}


def test_missing_answers_are_reported_together(command: Command) -> None:
    command.write("answers.yaml", "person: Somebody who started.\nanswers:\n  used: [pills]\n  sleep:\n  words: ''\n")
    expected = (
        f"answers.yaml:3:3: {MISSING['pills-daily']}"
        f"answers.yaml:3:3: {MISSING['pay']}"
        f"answers.yaml:3:3: {MISSING['home-safe']}"
        f"answers.yaml:4:3: {MISSING['sleep']}"
    )
    assert command.assess("--answers", "answers.yaml") == Done(3, expected)


def test_blank_sheet_reports_each_line(command: Command) -> None:
    blank = command("questions", "--questions", str(QUESTIONS), "--blank")
    lines = {line.strip(): number for number, line in enumerate(blank.stdout.splitlines(), start=1)}
    expected = "".join(
        f"standard input:{lines[f'{question}:']}:3: {MISSING[question]}"
        for question in ("sleep", "used", "pay", "home-safe")
    )
    assert command.assess("--answers", "-", given=blank.stdout) == Done(3, expected)


def test_wrong_answer_outweighs_missing_answers(command: Command) -> None:
    expected = (
        'standard input:5:8: "pay" has no option "plam".\n'
        '  Did you mean "plan"? Write one of these: plan, myself. To skip it: {skipped: rather-not-say}.\n'
    )
    given = "answers:\n  sleep: good\n  used: []\n  home-safe: safe\n  pay: plam\n"
    assert command.assess("--answers", "-", given=given) == Done(4, expected)


def test_withholding_alert_needs_few_answers(command: Command) -> None:
    given = "answers: {used: [pills], pills-daily: daily, sleep: sleepless}\n"
    assert command.assess("--answers", "-", given=given)._replace(stdout="") == Done(0, "")


# One kind of problem each

INVALID_YAML: dict[str, tuple[str | bytes, str]] = {
    "unknown-question": (
        "answers: {sleep: good, used: [], pay: plan, home-safe: safe, words: x, slep: good, weather: {rain: yes}}",
        (
            'standard input:1:72: There is no question "slep".\n'
            '  Did you mean "sleep"?\n'
            "standard input:1:84: There is no such question.\n"
            "  Known here: sleep, used, pills-daily, pay, home-safe, words.\n"
        ),
    ),
    "unknown-option": (
        "answers: {sleep: Good, used: [alcohol, pils], pay: 'no', home-safe: null, words: null}",
        (
            'standard input:1:18: "sleep" has no option "Good".\n'
            '  Did you mean "good"? Write one of these: good, restless, sleepless.'
            " To skip it: {skipped: rather-not-say}.\n"
            'standard input:1:40: "used" has no option "pils".\n'
            '  Did you mean "pills"? Write a list of any of these, or [] for none: alcohol, pills.'
            " To skip it: {skipped: rather-not-say}.\n"
            'standard input:1:52: "pay" has no option "no".\n'
            "  Write one of these: plan, myself. To skip it: {skipped: rather-not-say}.\n"
            'standard input:1:69: "home-safe" has no such option.\n'
            "  Write one of these: safe, unsafe. To skip it: {skipped: rather-not-say}.\n"
        ),
    ),
    "list-where-one-answer-belongs": (
        "answers: {sleep: [good, sleepless], used: [], pay: [], home-safe: [safe], words: [a, b]}",
        (
            'standard input:1:11: "sleep" takes one answer, but 2 options are given.\n'
            "  Write one of these: good, restless, sleepless.\n"
            'standard input:1:47: "pay" takes one answer, but 0 options are given.\n'
            "  Write one of these: plan, myself.\n"
            'standard input:1:75: "words" takes text, not options.\n'
            "  Write one text.\n"
        ),
    ),
    "option-twice": (
        "answers: {sleep: good, used: [alcohol, alcohol], pay: plan, home-safe: safe, words: x}",
        'standard input:1:40: "used" lists the option "alcohol" twice.\n  Keep one of the two.\n',
    ),
    "wrong-shape": (
        "answers: {sleep: {least: good}, used: [alcohol, [wine]], pay: {skipped: [x]}, home-safe: {}, words: {a: b}}",
        (
            "standard input:1:18: Expected an answer, or `skipped` alone with one reason.\n"
            "  To skip it, write {skipped: rather-not-say}.\n"
            "standard input:1:49: Expected the id of an option, not a list.\n"
            "  Write it like `[first-option, second-option]`.\n"
            "standard input:1:63: Expected an answer, or `skipped` alone with one reason.\n"
            "  To skip it, write {skipped: rather-not-say}.\n"
            "standard input:1:90: Expected an answer, or `skipped` alone with one reason.\n"
            "  To skip it, write {skipped: rather-not-say}.\n"
            "standard input:1:101: Expected an answer, or `skipped` alone with one reason.\n"
            "  To skip it, write {skipped: rather-not-say}.\n"
        ),
    ),
    "unknown-reason": (
        "answers: {sleep: {skipped: dont know}, used: {skipped: no}, pay: {skipped: }, home-safe: safe, words: x}",
        (
            'standard input:1:28: "dont…" is not a reason for skipping.\n'
            '  Did you mean "dont-know"?\n'
            'standard input:1:56: "no" is not a reason for skipping.\n'
            "  Known here: rather-not-say, dont-know.\n"
            'standard input:1:76: "" is not a reason for skipping.\n'
            "  Use one of: rather-not-say or dont-know.\n"
        ),
    ),
    # In older editions, a question that doesn't apply was skipped. A private answer is not repeated.
    "does-not-apply": (
        (
            "answers: {sleep: {skipped: does-not-apply}, used: {skipped: does-not-apply},\n"
            " pay: {skipped: does-not-apply}, home-safe: {skipped: does-not-apply}, words: {skipped: does-not-apply}}"
        ),
        (
            'standard input:1:28: "does-not-apply" is no longer a reason for skipping.\n'
            '  "Doesn\'t apply" is now an answer: choose the option that says so, or the first option.\n'
            'standard input:1:61: "does-not-apply" is no longer a reason for skipping.\n'
            '  "Doesn\'t apply" is now an answer: write [] for none of these.\n'
            'standard input:2:17: "does-not-apply" is no longer a reason for skipping.\n'
            '  "Doesn\'t apply" is now an answer: choose the option that says so, or write {skipped: dont-know}.\n'
            "standard input:2:55: This is not a reason for skipping.\n"
            "  Use one of: rather-not-say or dont-know.\n"
            'standard input:2:89: "does-not-apply" is no longer a reason for skipping.\n'
            "  Write {skipped: dont-know} instead.\n"
        ),
    ),
    "not-asked": (
        "answers: {sleep: good, used: [alcohol], pills-daily: daily, pay: plan, home-safe: safe, words: x}",
        (
            'standard input:1:41: "pills-daily" has an answer, but given the other answers it is not asked.\n'
            '  It depends on "used". Change that answer, or delete this line.\n'
        ),
    ),
    "private-question-about-someone": (
        "for: someone\nanswers: {sleep: good, used: [], pay: plan, home-safe: {skipped: dont-know}, words: x}",
        (
            'standard input:2:45: "home-safe" has an answer, but given the other answers it is not asked.\n'
            "  It is asked only if people answer for themselves. Delete this line.\n"
        ),
    ),
    # Only the gate's answer is reported: once it is fixed, this answer may be valid.
    "not-asked-because-of-another-mistake": (
        "answers: {sleep: good, used: [pils], pills-daily: daily, pay: plan, home-safe: safe, words: x}",
        (
            'standard input:1:31: "used" has no option "pils".\n'
            '  Did you mean "pills"? Write a list of any of these, or [] for none: alcohol, pills.'
            " To skip it: {skipped: rather-not-say}.\n"
        ),
    ),
    "note-too-long": (
        f"answers: {{sleep: good, used: [], pay: plan, home-safe: safe, words: {'x' * 3_001}}}",
        'standard input:1:62: The note "words" has 3,001 characters; the limit is 3,000.\n  Shorten it.\n',
    ),
    "answers-are-a-list": (
        "answers: [good, plan]",
        (
            'standard input:1:10: "answers" must be a mapping of question ids to answers, not a list.\n'
            "  Meaning: the answers, by question id.\n"
        ),
    ),
    "other-questionnaire": (
        f"questionnaire: program-fit\nfor: them\n{GOOD}",
        (
            'standard input:1:16: These answers are for the questionnaire "program-fit", not "small".\n'
            "  Name the right questionnaire with --questions.\n"
            'standard input:2:6: "for" must be one of the allowed words, not "them".\n'
            "  Use one of: me or someone.\n"
        ),
    ),
    "equal-keys": (
        "answers:\n  sleep: good\n  used: []\n  sleep: sleepless\nanswers: {}\n",
        (
            "standard input:4:3: Duplicate key; the first one is on line 2.\n"
            "  Keep one of the two.\n"
            "standard input:5:1: Duplicate key; the first one is on line 1.\n"
            "  Keep one of the two.\n"
        ),
    ),
    "broken-yaml": (
        "answers:\n  words: I think: yes\n",
        (
            "standard input:2:17: This is not valid YAML (mapping values are not allowed in this context).\n"
            "  Check this line and the one above: indentation, a missing colon or quote, or a ': ' that needs quotes.\n"
        ),
    ),
    "deep": (
        "answers:\n  sleep: " + "[" * 100_000,
        (
            "standard input:2:28: Lists and mappings are nested more than 20 levels deep here.\n"
            "  Is it the right file? Nothing after this point was read.\n"
        ),
    ),
    "large": (
        "#" * 2_000_000,
        (
            "standard input: This file is larger than 1,048,576 bytes, so it was not read.\n"
            "  A questionnaire or an answers file is far smaller. Is it the right file?\n"
        ),
    ),
    "nothing": ("", "standard input: This file is empty.\n  Is it the right file?\n"),
    "not-utf-8": (
        b"answers:\n  words: caf\xe9\n",
        (
            "standard input:2:13: This file is not valid UTF-8 from here on.\n"
            "  If it is the right file, save it again as UTF-8.\n"
        ),
    ),
    "control-character": (
        "answers:\n  words: thank\x1b[2J you\n",
        (
            "standard input:2:15: U+001B (control character) is not allowed in a text file.\n"
            "  Delete it; it may be invisible.\n"
        ),
    ),
}


REFUSED = {
    name: Case(["assess", "--questions", str(QUESTIONS), "--answers", "-"], Done(4, problems), given)
    for name, (given, problems) in INVALID_YAML.items()
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    return run_side_by_side(REFUSED, tmp_path_factory)


@pytest.mark.parametrize("name", REFUSED)
def test_invalid_yaml_answers_are_rejected(refused: dict[str, Done], name: str) -> None:
    assert refused[name] == REFUSED[name].expected


def test_unasked_answer_is_rejected_not_dropped(command: Command) -> None:
    given = "answers: {sleep: sleepless, used: [], pills-daily: daily, pay: plan, home-safe: safe, words: x}"
    assert command.assess("--answers", "-", given=given) == Done(
        4,
        'standard input:1:39: "pills-daily" has an answer, but given the other answers it is not asked.\n'
        '  It depends on "used". Change that answer, or delete this line.\n',
    )


# JSON

INVALID_JSON = {
    "all-at-once": (
        (
            '{"for": "me",\n "answers": {"sleep": 1, "used": ["pills", true],\n  "pay": null, "home-safe": "safe",\n'
            '  "pills-daily": "daily", "words": ["x"]}}\n'
        ),
        (
            'answers.json:2:23: "sleep" has no option "1".\n'
            "  Write one of these: good, restless, sleepless. To skip it: {skipped: rather-not-say}.\n"
            'answers.json:2:44: "used" has no option "true".\n'
            "  Write a list of any of these, or [] for none: alcohol, pills. To skip it: {skipped: rather-not-say}.\n"
            'answers.json:4:27: "words" takes text, not options.\n'
            "  Write one text.\n"
            f"answers.json:3:3: {MISSING['pay']}"
        ),
    ),
    "broken": (
        '{"answers": {"sleep": good}}\n',
        (
            "answers.json:1:23: This is not valid JSON (Expecting value).\n"
            "  Check here and just before: a missing or extra comma, quote or bracket.\n"
        ),
    ),
    "equal-keys": (
        '{"answers": {"sleep": "good",\n "sleep": "sleepless"}}\n',
        "answers.json:2:2: Duplicate key; the first one is on line 1.\n  Keep one of the two.\n",
    ),
    "deep": (
        '{"a":' * 100_000,
        (
            "answers.json:1:101: Lists and mappings are nested more than 20 levels deep here.\n"
            "  Is it the right file? Nothing after this point was read.\n"
        ),
    ),
    "half-character": (
        '{"answers": {"words": "\\ud83d"}}',
        (
            "answers.json:1:23: This text contains half of a character (a lone surrogate).\n"
            "  Delete it; it can't be shown or saved.\n"
        ),
    ),
    "long-number": (
        f'{{"answers": {{"sleep": "good", "used": [], "pay": {"7" * 5_000}, "home-safe": "safe", "words": "x"}}}}',
        (
            f'answers.json:1:50: "pay" has no option "{"7" * 40}…".\n'
            "  Write one of these: plan, myself. To skip it: {skipped: rather-not-say}.\n"
        ),
    ),
}


REFUSED_JSON = {
    name: Case(
        ["assess", "--questions", str(QUESTIONS), "--answers", "answers.json"],
        Done(4, problems),
        files={"answers.json": content},
    )
    for name, (content, problems) in INVALID_JSON.items()
}


@pytest.fixture(scope="module")
def refused_json(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    return run_side_by_side(REFUSED_JSON, tmp_path_factory)


@pytest.mark.parametrize("name", REFUSED_JSON)
def test_invalid_json_answers_are_rejected(refused_json: dict[str, Done], name: str) -> None:
    assert refused_json[name] == REFUSED_JSON[name].expected


def test_json_on_standard_input_is_read_as_json(command: Command) -> None:
    """JSON allows tabs and surrogate pairs; YAML does not."""
    given = (
        '{"answers":\n\t{"sleep": "good", "used": [], "pay": "plan", "home-safe": "safe", "words": "\\ud83d\\ude42"}}'
    )
    assert command.assess("--answers", "-", given=given)._replace(stdout="") == Done(0, "")


# Unreadable files


def test_missing_answers_file_is_reported(command: Command) -> None:
    expected = "none.yaml: There is no such file.\n  Check the spelling and the folder.\n"
    assert command.assess("--answers", "none.yaml") == Done(4, expected)


def test_folder_as_answers_file_is_reported(command: Command) -> None:
    (command.folder / "answers").mkdir()
    expected = "answers: This is a folder, not a file.\n  Name a file in it.\n"
    assert command.assess("--answers", "answers") == Done(4, expected)


def test_missing_questionnaire_is_reported(command: Command) -> None:
    expected = "none: There is no such file.\n  Check the spelling and the folder.\n"
    assert command("questions", "--questions", "none") == Done(4, expected)


def test_questionnaire_and_export_problems_together(command: Command) -> None:
    command.write(
        "it.yaml", MINIMAL.read_text().replace("minutes: 1", "minutes: soon").replace("raises: more", "raises: all")
    )
    expected = (
        "none/result.md: The folder none does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n"
        'it.yaml:8:10: "minutes" must be a whole number, not "soon".\n'
        "  Meaning: the approximate time to answer, in minutes.\n"
        'it.yaml:45:31: There is no direction or alert "all".\n'
        "  Known here: less, more, talk-today.\n"
    )
    assert command("assess", "--questions", "it.yaml", "--answers", "-", "--export", "none/result.md") == Done(
        4, expected
    )


def test_questionnaire_with_one_program_is_handled(command: Command) -> None:
    for path in QUESTIONS.iterdir():
        text = path.read_text()
        command.write(path.name, "\n".join(line for line in text.splitlines() if "{id: live-in" not in line) + "\n")
    done = command("assess", "--questions", ".", "--answers", "-", given=GOOD)
    assert done.status in {0, 4}, done.stderr


# Exports


def test_answer_and_export_problems_come_together(command: Command) -> None:
    command.write(
        "answers.yaml", "answers:\n  sleep: sleeples\n  used: [pills, pills]\n  pay: plan\n  words: x\n  wrods: x\n"
    )
    command.write("old.json", "{}")
    command.write("old.md", "An older result.\n")
    (command.folder / "folder.md").mkdir()
    (command.folder / "link.md").symlink_to("old.md")
    exports = ("none/result.md", "old.json", "folder.md", "link.md", "new.md")
    expected = (
        "none/result.md: The folder none does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n"
        "old.json: This file already exists and was not changed.\n"
        "  Choose another name, or add --force to replace it.\n"
        "folder.md: This is a folder, so it was not overwritten.\n"
        "  Choose another name.\n"
        "link.md: This is a link, so it was not overwritten.\n"
        "  Choose another name.\n"
        'answers.yaml:2:10: "sleep" has no option "sleeples".\n'
        '  Did you mean "sleepless"? Write one of these: good, restless, sleepless.'
        " To skip it: {skipped: rather-not-say}.\n"
        'answers.yaml:3:17: "used" lists the option "pills" twice.\n'
        "  Keep one of the two.\n"
        'answers.yaml:6:3: There is no question "wrods".\n'
        '  Did you mean "words"?\n'
        f"answers.yaml:2:3: {MISSING['home-safe']}"
    )
    arguments = [part for export in exports for part in ("--export", export)]
    assert command.assess("--answers", "answers.yaml", *arguments) == Done(4, expected)


@pytest.mark.parametrize("export", ["none/result.md", "old.md", "folder.md", "link.md"])
def test_unwritable_export_blocks_all_exports(command: Command, export: str) -> None:
    command.write("old.md", "An older result.\n")
    (command.folder / "folder.md").mkdir()
    (command.folder / "link.md").symlink_to("old.md")
    expected = {
        "none/result.md": (
            "none/result.md: The folder none does not exist, so this file can't be written.\n"
            "  Create the folder first, or choose another location.\n"
        ),
        "old.md": (
            "old.md: This file already exists and was not changed.\n"
            "  Choose another name, or add --force to replace it.\n"
        ),
        "folder.md": "folder.md: This is a folder, so it was not overwritten.\n  Choose another name.\n",
        "link.md": "link.md: This is a link, so it was not overwritten.\n  Choose another name.\n",
    }
    done = command.assess("--answers", "-", "--export", "new.json", "--export", export, given=GOOD)
    assert done == Done(4, expected[export])


def test_export_is_checked_before_the_first_question(command: Command) -> None:
    expected = (
        "none/result.md: The folder none does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n"
    )
    assert command.assess("--export", "none/result.md") == Done(4, expected)


def test_too_long_export_name_is_reported(command: Command) -> None:
    name = "x" * 300
    expected = (
        f"{name}/result.md: The folder {name} does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n"
        f"{name}.md: This file can't be written: File name too long.\n"
        "  It was not changed. Choose another location, or free up space and try again.\n"
    )
    exports = ("--export", f"{name}/result.md", "--export", f"{name}.md")
    assert command.assess("--answers", "-", *exports, given=GOOD) == Done(4, expected)


def test_force_replaces_a_file_but_follows_no_link(command: Command) -> None:
    command.write("old.md", "An older result.\n")
    (command.folder / "link.md").symlink_to("old.md")
    expected = "link.md: This is a link, so it was not overwritten.\n  Choose another name.\n"
    done = command.assess("--answers", "-", "--force", "--export", "old.md", "--export", "link.md", given=GOOD)
    assert done == Done(4, expected)


def test_force_writes_nothing_on_invalid_answers(command: Command) -> None:
    command.write("old.md", "An older result.\n")
    expected = (
        'standard input:1:18: "sleep" has no option "bad".\n'
        "  Write one of these: good, restless, sleepless. To skip it: {skipped: rather-not-say}.\n"
    )
    given = GOOD.replace("sleep: good", "sleep: bad")
    assert command.assess("--answers", "-", "--force", "--export", "old.md", given=given) == Done(4, expected)


def test_one_export_file_named_twice_is_rejected(command: Command) -> None:
    (command.folder / "sub").mkdir()
    done = command.assess("--answers", "-", "--export", "result.md", "--export", "sub/../result.md", given=GOOD)
    assert done == Done(2, usage("assess", "Invalid value for --export: sub/../result.md is given twice"))


# Wrong usage


USAGE = {
    "unknown-option": (
        ["assess", "--answrs", "answers.yaml"],
        usage("assess", "No such option: --answrs\n  Did you mean --answers?"),
    ),
    "option-without-value": (
        ["assess", "--answers"],
        "Error: Option '--answers' requires an argument.\n  For example: --answers answers.yaml\n",
    ),
    "unknown-format": (
        ["assess", "--format", "xml"],
        usage(
            "assess",
            f"Invalid value for '--format' / '-f': 'xml' is not one of {', '.join(map(repr, FORMATS))}.",
        ),
    ),
    "unknown-suffix": (
        ["assess", "--export", "result.docx"],
        usage(
            "assess",
            "Invalid value for --export: result.docx must end in "
            f"{join([report.suffix for report in REPORTS.values()], last='or')}",
        ),
    ),
    "export-twice": (
        ["assess", "--export", "result.md", "--export", "./result.md"],
        usage("assess", "Invalid value for --export: result.md is given twice"),
    ),
    "for-beside-answers": (
        ["assess", "--answers", "-", "--for", "me"],
        usage("assess", "Invalid value: --answers can't be combined with --for, --save or --resume"),
    ),
    "no-answers-in-arguments": (
        ["assess", "sleep=good"],
        usage(
            "assess",
            "Got unexpected extra argument(s) (sleep=good)\n"
            "  For example: iop-fit assess --export for-the-provider.pdf",
        ),
    ),
    "unknown-command": (
        ["asess"],
        (
            "Usage: iop-fit [OPTIONS] COMMAND [ARGS]...\nTry 'iop-fit --help' for help.\n\n"
            "Error: No such command 'asess'.\n  Did you mean assess?\n"
        ),
    ),
}


MISUSED = {name: Case(arguments, Done(2, expected)) for name, (arguments, expected) in USAGE.items()}


@pytest.fixture(scope="module")
def misused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    return run_side_by_side(MISUSED, tmp_path_factory)


@pytest.mark.parametrize("name", MISUSED)
def test_wrong_usage_has_exit_status_2(misused: dict[str, Done], name: str) -> None:
    assert misused[name] == MISUSED[name].expected


def test_interview_without_a_terminal_scores_nothing(command: Command) -> None:
    expected = (
        "The input ended before the last question, so nothing was scored.\n"
        f"  Run `{restarted('assess')}` in a terminal, or read the answers from a file with --answers FILE.\n"
    )
    assert command.assess("--export", "result.md", given="1\n1\n1\n") == Done(3, expected)


# Valid answers


@pytest.mark.parametrize("encode", [str.encode, lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()])
def test_valid_answers_are_written_to_every_export(command: Command, encode: Callable[[str], bytes]) -> None:
    command.write("answers.yaml", encode(GOOD))
    done = command.assess("--answers", "answers.yaml", "--export", "result.md", "--export", "result.json")
    assert done._replace(stdout="") == Done(0, "Written: result.md\nWritten: result.json\n")
    assert {path.name: path.stat().st_mode & 0o777 for path in command.folder.glob("result.*")} == {
        "result.md": 0o600,
        "result.json": 0o600,
    }
