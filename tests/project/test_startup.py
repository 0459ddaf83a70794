"""What is done at startup; counted in modules and work, not milliseconds."""

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

import iop_fit
from iop_fit.domain import questionnaire
from iop_fit.domain.decision import Decision
from iop_fit.files.parsing import foreign, nodes, signs
from iop_fit.loading import guidance_reader, option_tests, records
from support import DAY, ROOT, UNMEASURED

EXAMPLE = ROOT / "examples" / "steady-home.yaml"

PROBE = """
import atexit, os, sys
atexit.register(lambda: open(os.environ["LOADED"], "w").write("\\n".join(sys.modules)))
from iop_fit.__main__ import main
main()
"""


def modules_loaded_by(tmp_path: Path, *arguments: str) -> set[str]:
    loaded = tmp_path / "loaded"
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**UNMEASURED, "LOADED": str(loaded)},
    )
    assert done.returncode == 0, done.stderr
    return set(loaded.read_text().split())


def packages(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


def test_version_loads_no_command_line_library(tmp_path: Path) -> None:
    modules = modules_loaded_by(tmp_path, "--version")
    assert packages(modules).isdisjoint({"typer", "rich", "yaml", "dataclasses", "typing"})
    assert {name for name in modules if name.startswith("iop_fit.")} == {"iop_fit.__main__", "iop_fit.version"}


@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["hotlines", "plain"])
def test_hotlines_load_only_what_they_print(tmp_path: Path, options: tuple[str, ...]) -> None:
    modules = modules_loaded_by(tmp_path, "hotlines", *options)
    assert packages(modules).isdisjoint({"typer", "rich", "dataclasses", "shutil"})
    renderer = "report.to_plain" if options else "report.simple_text"
    assert {name.removeprefix("iop_fit.") for name in modules if name.startswith("iop_fit.")} == {
        "__main__",
        *("cli", "cli.at_once", "domain", "domain.condition", "domain.guidance", "files", "files.data_folder"),
        *("files.output_target", "limits", "loading", "loading.contacts", "loading.contacts.bundled", "outline"),
        *("outline.blocks", "outline.contacts", "report", renderer, "text", "version"),
    }


def test_help_loads_no_yaml_and_no_rich(tmp_path: Path) -> None:
    assert packages(modules_loaded_by(tmp_path, "--help")).isdisjoint({"yaml", "rich", "pydantic"})


def test_command_help_loads_no_yaml_and_no_rich(tmp_path: Path) -> None:
    assert packages(modules_loaded_by(tmp_path, "assess", "--help")).isdisjoint({"yaml", "rich", "pydantic"})


def test_json_loads_no_rich_and_no_sentences(tmp_path: Path) -> None:
    modules = modules_loaded_by(tmp_path, "assess", "--answers", str(EXAMPLE), "--format", "json")
    assert packages(modules).isdisjoint({"rich", "pydantic"})
    assert modules.isdisjoint({"iop_fit.outline.result", "iop_fit.interview.session", "iop_fit.report.to_markdown"})


def test_markdown_loads_no_rich(tmp_path: Path) -> None:
    modules = modules_loaded_by(tmp_path, "assess", "--answers", str(EXAMPLE), "--format", "markdown")
    assert packages(modules).isdisjoint({"rich", "pydantic"})


def test_nothing_loads_pydantic_or_network_code(tmp_path: Path) -> None:
    modules = modules_loaded_by(tmp_path, "assess", "--answers", str(EXAMPLE))
    assert packages(modules).isdisjoint({"pydantic", "socket", "ssl", "http", "asyncio"})


@pytest.mark.parametrize("command", [("score", "--explain"), ("score", "--template"), ("score", "--help")])
def test_sql_is_printed_without_an_engine(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert packages(modules_loaded_by(tmp_path, *command)).isdisjoint({"duckdb", "pyspark", "rich"})


def test_api_loads_no_engine() -> None:
    program = "import sys, iop_fit; iop_fit.load(); iop_fit.assess; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert packages({*loaded.stdout.split()}).isdisjoint({"duckdb", "pyspark"})


def refuse(*_: object) -> NoReturn:
    raise AssertionError


def test_valid_questionnaire_needs_no_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding similar names is slow; it once took half of the startup time."""
    for module in (nodes, records, option_tests, guidance_reader):
        monkeypatch.setattr(module, "did_you_mean", refuse)
    monkeypatch.setattr(records, "closest", refuse)
    iop_fit.load()


def test_patterns_for_broken_files_are_not_compiled_on_import() -> None:
    of_foreign_files = (foreign.PAGE, foreign.OURS, foreign.DOCASSEMBLE, foreign.DOCASSEMBLE_QUESTION)
    assert {type(pattern) for pattern in (*signs.SUSPECTS, *of_foreign_files)} == {str}


def test_result_of_the_person_needs_no_rewording(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rewording walks over every text of the questionnaire."""
    monkeypatch.setattr(questionnaire, "worded", refuse)
    loaded = iop_fit.load()
    iop_fit.assess(loaded, iop_fit.load_answers(EXAMPLE, loaded), on=DAY)


def test_complete_answers_are_read_without_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = iop_fit.load()
    monkeypatch.setattr(Decision, "_within_reach", property(refuse))
    iop_fit.load_answers(EXAMPLE, loaded)
