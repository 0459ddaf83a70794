"""`iop-fit check`, `new` and `schema`: exit statuses, outputs and witness files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from iop_fit.checking.checker import check_reading
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.json_schema import answers_schema_text, schema_text
from iop_fit.loading.loader import load, load_questionnaire, read_questionnaire
from iop_fit.storage.answer_files import dump_sheet, load_sheet
from support import DAY, ROOT, UNMEASURED, Run, restarted
from support.example_results import counted
from support.questionnaires_at_random import questionnaire_of_size

SOUND = ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml"
CHECK = ("check", SOUND, "--on", "2026-01-02")


def told(output: str) -> list[tuple[str, str]]:
    return [(each["weight"], each["code"]) for each in json.loads(output)["told"]]


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        (SOUND, (), 0),
        (SOUND, ("--strict",), 0),
        ("advice-contact-of-long-ago.yaml", (), 0),
        ("advice-contact-of-long-ago.yaml", ("--strict",), 1),
        ("finding-idle-rule.yaml", (), 1),
        ("gate-circle.yaml", (), 1),
        ("broken-tab.yaml", (), 4),
        ("nowhere.yaml", (), 4),
    ],
)
def test_check_exit_status_fits_its_findings(
    run: Run, corpus: Path, path: str | Path, options: tuple[str, ...], status: int
) -> None:
    done = run("check", corpus / path, "--on", "2026-01-02", *options)
    assert (done.returncode, done.stderr) == (status, "")
    assert run("check", corpus / path, "--on", "2026-01-02", *options, "--format", "json").returncode == status


def test_check_passes_the_bundled_questionnaire(run: Run, questionnaire: Questionnaire) -> None:
    done = run("check", "--on", "2026-11-24")
    assert (done.returncode, done.stderr) == (0, "")
    assert counted(questionnaire) in done.stdout


def test_check_uses_the_given_day_for_contacts(run: Run) -> None:
    assert told(run("check", SOUND, "--on", "2026-06-01", "--format", "json").stdout) == []
    late = run("check", SOUND, "--on", "2026-06-02", "--format", "json")
    assert told(late.stdout) == [("advice", "contact-not-verified")]


def test_check_json_and_text_agree(run: Run, corpus: Path) -> None:
    path = corpus / "finding-program-without-a-point.yaml"
    found = json.loads(run("check", path, "--on", "2026-01-02", "--format", "json").stdout)
    assert {name: found[name] for name in ("format", "on", "examples")} == {
        "format": "iop-fit check 1",
        "on": "2026-01-02",
        "examples": 4,
    }
    assert [each["code"] for each in found["statements"] if not each["holds"]] == ["program-without-point"]
    (finding,) = found["told"]
    assert (finding["file"], finding["line"], finding["column"]) == (str(path), 95, 5)
    skipped = {"skipped": "dont-know"}
    assert finding["witness"]["answers"] == dict.fromkeys(("used", "pills-daily", "alone", "pay"), skipped)


def test_check_writes_a_witness_for_assess(run: Run, corpus: Path, tmp_path: Path) -> None:
    path = corpus / "finding-program-without-a-point.yaml"
    done = run("check", path, "--on", "2026-01-02", "--witness", "it.json")
    assert (done.returncode, done.stderr) == (1, "Written: it.json\n")
    assert (tmp_path / "it.json").stat().st_mode & 0o777 == 0o600
    result = run("assess", "--questions", path, "--answers", "it.json", "--format", "json")
    assert (result.returncode, json.loads(result.stdout)["alerts"]) == (0, [])
    again = run("check", path, "--witness", "it.json")
    assert (again.returncode, again.stdout) == (4, "")
    assert "This file already exists" in again.stderr
    assert run("check", path, "--witness", "it.json", "--force").returncode == 1


def test_check_without_findings_writes_no_witness(run: Run, tmp_path: Path) -> None:
    assert run(*CHECK, "--witness", "it.json").returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_check_reads_default_and_given_examples(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    text = SOUND.read_text()
    whole, examples = text[: text.index("examples:")], text[text.index("examples:") :]
    (tmp_path / "mine" / "questionnaire.yaml").write_text(whole)
    people = tmp_path / "mine" / "examples"
    people.mkdir()
    for number, each in enumerate(examples.split("  - id: ")[1:]):
        lines = each.splitlines()
        (people / f"{number}.yaml").write_text("\n".join(line[4:] for line in lines[1:]) + "\n")
    assert run("check", "mine", "--on", "2026-01-02", "--strict").returncode == 0
    people.rename(tmp_path / "people")
    assert told(run("check", "mine", "--on", "2026-01-02", "--format", "json").stdout) == [("finding", "no-examples")]
    assert run("check", "mine", "--on", "2026-01-02", "--examples", "people", "--strict").returncode == 0
    (tmp_path / "people" / "0.yaml").write_text("answers: {}\n")
    (tmp_path / "people" / "1.yaml").write_text("answers: [\n")
    found = run("check", "mine", "--on", "2026-01-02", "--examples", "people", "--format", "json").stdout
    assert told(found) == [("finding", "example-expects-nothing"), ("finding", "broken-yaml")]
    assert run("check", "mine", "--examples", "nowhere").returncode == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--on", "soon"),
        ("check", "a", "b"),
        ("check", SOUND, "--witness", SOUND, "--force"),
        ("check", ROOT / "examples" / "stepping-down", "--witness", ROOT / "examples" / "stepping-down" / "use.yaml"),
        ("check", "--format", "html"),
        ("new",),
        ("schema", "results"),
        ("questions", "--graph"),
        ("questions", "--blank", "--format", "json"),
    ],
)
def test_check_wrong_usage_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_new_passes_check_and_keeps_an_old_file(run: Run, tmp_path: Path) -> None:
    done = run("new", "mine.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Written: mine.yaml\nNext: {restarted('check', 'mine.yaml')}\n"
    checked = run("check", "mine.yaml", "--on", "2026-11-24", "--strict")
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "No problems found.")
    (tmp_path / "mine.yaml").write_text("mine\n")
    assert run("new", "mine.yaml").returncode == 4
    assert (tmp_path / "mine.yaml").read_text() == "mine\n"
    assert run("new", "mine.yaml", "--force").returncode == 0


def test_schema_output_matches_the_docs(run: Run) -> None:
    assert (
        run("schema").stdout == schema_text() == (ROOT / "docs" / "reference" / "questionnaire.schema.json").read_text()
    )


def test_schema_of_answers_knows_the_questionnaire(run: Run) -> None:
    bundled = run("schema", "--answers").stdout
    assert bundled == run("schema", "answers").stdout == answers_schema_text(load())
    other = run("schema", "--answers", "--questions", SOUND).stdout
    assert other == run("schema", "answers", "--questions", SOUND).stdout == answers_schema_text(load(SOUND))
    done = run("schema", "--questions", SOUND)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--questions chooses whose answers to describe: add --answers" in " ".join(done.stderr.split())


def test_witness_of_each_corpus_file_holds(corpus: Path) -> None:
    shown = set()
    for path in corpus.glob("finding-*.yaml"):
        done = check_reading(read_questionnaire(path), (), DAY)
        for _, problem, witness in done.diagnostics:
            if witness and done.questionnaire:
                text = dump_sheet(witness.sheet, done.questionnaire)
                assert load_sheet(text, "it.json", done.questionnaire).sheet == witness.sheet
                assert witness.holds(decide(load_questionnaire(path), witness.sheet))
                shown.add(problem.code)
    assert shown == {
        *("unreachable-direction", "unreachable-alert", "idle-rule"),
        *("program-without-point", "example-differs"),
    }


def test_check_of_a_large_file_stays_in_its_limits(tmp_path: Path) -> None:
    """A quarter of 400 questions and 1,000 rules, with a margin for a busy machine."""
    path = tmp_path / "large.yaml"
    path.write_text(questionnaire_of_size(questions=100, rules=250, seed=1))
    command = [sys.executable, "-m", "iop_fit", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10, env=UNMEASURED)
    assert (done.returncode, done.stderr) == (1, "")
    assert "100 questions, 250 rules" in done.stdout
    assert "problem [" not in done.stdout


# Hostile questionnaires


QUESTION = "ask: Q?\n        why: W.\n        dimension: 1\n        options: "


def with_gates(gates: list[str]) -> str:
    """Write SOUND with a multiple-choice question, and questions gated by the given options."""
    options = ", ".join(f"o{number}: O" for number in range(24))
    many = f"      - id: many\n        kind: several\n        {QUESTION}{{{options}}}\n"
    hanging = (
        f"      - id: h{number}\n        {QUESTION}{{low: L, high: H}}\n        ask when: [{gate}]\n"
        for number, gate in enumerate(gates)
    )
    return SOUND.read_text().replace("  - section: plans\n", f"{many}{''.join(hanging)}  - section: plans\n", 1)


def test_check_does_not_enumerate_all_gates(run: Run, tmp_path: Path) -> None:
    any_of_ten = ", ".join(f"{{many: {{any of: [o{number}]}}}}" for number in range(10))
    each = ", ".join(f"h{number}: {{at least: high}}" for number in range(9))
    when = f"{{many: {{any of: [o20]}}, {each}}}"
    rule = f"rules:\n  - {{id: all-of-them, raises: talk-today, when: {when}, because: B.}}\n"
    (tmp_path / "it.yaml").write_text(with_gates([any_of_ten] * 9).replace("rules:\n", rule, 1))
    done = run("check", "it.yaml", "--on", "2026-01-02", "--format", "json")
    assert done.returncode == 1
    assert "too-large" not in done.stdout


def test_points_keep_the_order_of_programs(tmp_path: Path) -> None:
    """`ask` points are grouped by program, so another order would hide one."""
    path = tmp_path / "it.yaml"
    path.write_text(SOUND.read_text().replace("{id: calm, list", "{id: calm, for: [live-in, evening, evening], list"))
    (calm,) = (point for point in load_questionnaire(path).points if point.id == "calm")
    assert calm.programs == ("evening", "live-in")


def test_snippets_show_lines_with_crlf(run: Run, tmp_path: Path) -> None:
    text = SOUND.read_text().replace("title: Plans", "titel: Plans")
    (tmp_path / "it.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    assert "titel: Plans\n" in run("check", "it.yaml").stdout
