"""`iop-fit hotlines`: at once, as JSON, and of questionnaires with problems."""

import json
from pathlib import Path

import pytest

from support import TESTS, Run

SOUND = TESTS / "questionnaires" / "valid" / "sound.yaml"
FIRST = "Who to call\n\n\nPhone numbers\n"
ALWAYS = "In the United States, call 911 if life is in danger. In a crisis, call or text 988.\n"


@pytest.mark.parametrize("options", [(), ("--plain",)])
@pytest.mark.parametrize("environment", [{"COLUMNS": "40"}, {"COLUMNS": "200"}, {"FORCE_COLOR": "1", "COLUMNS": "70"}])
def test_hotlines_at_once_equal_the_full_program(
    run: Run, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    at_once = run("hotlines", *options, **environment)
    full = run("hotlines", "--format", "text", *options, **environment)
    assert (at_once.returncode, at_once.stdout, at_once.stderr) == (0, full.stdout, "")
    assert ("\x1b[" in full.stdout) is ("FORCE_COLOR" in environment and not options)


def test_hotlines_json_has_the_documented_shape(run: Run) -> None:
    done = run("hotlines", "--questions", SOUND, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "format": "iop-fit hotlines 1",
        "complete": True,
        "hotlines": [
            {
                "id": "lifeline",
                "name": "988 Lifeline",
                "use": "Talk at any time.",
                "group": "crisis",
                "call": "988",
                "text": None,
                "web": None,
                "also": [],
                "hours": None,
                "verified_on": "2025-06-01",
            }
        ],
    }


def test_hotlines_ignore_problems_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SOUND.read_text().replace("directions:", "direction:"))
    done = run("hotlines", "--questions", "mine.yaml", "--plain")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("hotlines", "--questions", SOUND, "--plain").stdout
    assert run("questions", "--questions", "mine.yaml").returncode == 4


def test_hotlines_print_911_without_a_questionnaire(run: Run) -> None:
    done = run("hotlines", "--questions", "nowhere.yaml", "--plain", COLUMNS="200")
    assert done.returncode == 4
    assert done.stdout == f"{FIRST}Some numbers of this questionnaire may be missing here. {ALWAYS}"
    assert done.stderr == "nowhere.yaml: There is no such file.\n  Check the spelling and the folder.\n"


def test_hotlines_print_the_contacts_that_are_right(run: Run, tmp_path: Path) -> None:
    extra = "  - {id: x, name: Other line, use: talking, group: crises, call: 555}\n"
    (tmp_path / "mine.yaml").write_text(SOUND.read_text().replace("contacts:\n", f"contacts:\n{extra}"))
    done = run("hotlines", "--questions", "mine.yaml", "--plain", COLUMNS="200")
    assert done.returncode == 4
    assert done.stdout.startswith(f"{FIRST}Some numbers of this questionnaire may be missing here. {ALWAYS}")
    assert "988 Lifeline: call 988" in done.stdout
    assert '"group" must be one of the allowed words, not "crises".' in done.stderr
    shown = json.loads(run("hotlines", "--questions", "mine.yaml", "--format", "json").stdout)
    assert (shown["complete"], [each["id"] for each in shown["hotlines"]]) == (False, ["lifeline"])
