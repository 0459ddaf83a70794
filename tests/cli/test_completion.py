"""Completion: the scripts themselves, and in each shell that is installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from typer.main import get_command

from iop_fit.cli.app import app
from iop_fit.cli.completion.bash import bash_script
from iop_fit.cli.completion.fish import fish_script
from iop_fit.cli.completion.shapes import Completes, ProgramShape, program_shape
from iop_fit.cli.completion.zsh import zsh_script
from iop_fit.report.registry import FORMATS
from support import ROOT, Run

SCRIPTS = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}
IDS = ("age", "hold-off", "home-safety")


@pytest.fixture(scope="module")
def program() -> ProgramShape:
    group = get_command(app)
    return program_shape(group.make_context("iop-fit", [], resilient_parsing=True), IDS)


def test_shape_lists_the_shown_commands(program: ProgramShape) -> None:
    names = [command.name for command in program.commands]
    assert {"assess", "show", "hotlines", "completion", "help"} <= set(names)
    assert "lines" not in names


def test_shape_knows_what_completes_each_value(program: ProgramShape) -> None:
    known = {each.name: each for each in program.commands}
    values = {
        name: (option.completes, option.words, option.many)
        for option in known["assess"].options
        for name in option.names
        if option.takes_value
    }
    assert values["-a"] == values["--answers"] == (Completes.FILES, (), False)
    assert values["--export"] == (Completes.FILES, (), True)
    assert values["--format"] == (Completes.WORDS, FORMATS, False)
    assert values["--for"] == (Completes.WORDS, ("me", "someone"), False)
    assert {each.names for each in known["check"].options if each.completes is Completes.FOLDERS} == {("--examples",)}
    assert {each.names for each in known["check"].options if each.takes_value and not each.words} >= {("--on",)}
    arguments = {name: [(each.completes, each.words) for each in known[name].arguments] for name in known}
    assert arguments["questions"] == [(Completes.WORDS, IDS)]
    assert arguments["compare"] == [(Completes.FILES, ())] * 2
    assert arguments["help"] == [(Completes.WORDS, tuple(known))]
    assert arguments["hotlines"] == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_script_holds_every_command_option_and_word(program: ProgramShape, shell: str) -> None:
    script = SCRIPTS[shell](program)
    words = set(re.findall(r"[\w-]+", script))
    for command in program.commands:
        spellings = {name for option in command.options for name in option.names}
        values = {word for each in (*command.options, *command.arguments) for word in each.words}
        listed = {name.lstrip("-") for name in spellings} if shell == "fish" else spellings
        assert {command.name, *listed, *values} <= words
    assert script.endswith("\n")
    assert "iop-fit completion" in script.split("\n\n")[0]


@pytest.mark.parametrize("shell", SCRIPTS)
def test_command_prints_the_script_and_writes_nothing(run: Run, tmp_path: Path, shell: str) -> None:
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert "hold-off" in done.stdout
    assert list(tmp_path.iterdir()) == []
    own = run("completion", shell, "--questions", ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml")
    assert "hold-off" not in own.stdout


COMPLETED = {
    "hotl": "hotlines",
    "assess --inc": "assess --include-home-safety",
    "assess -f js": "assess -f json",
    "assess --format=mark": "assess --format=markdown",
    "assess --answers my": r"assess --answers my\ answers.yaml",
    "show res": "show result.json",
    "questions hold": "questions hold-off",
    "check --examples peo": "check --examples people/",
    "help che": "help check",
    "completion z": "completion zsh",
    "schema an": "schema answers",
    "assess --for some": "assess --for someone",
    "hotlines my": "hotlines my",
}
"""What is typed before Tab after `iop-fit`, and what then stands there."""


@pytest.fixture
def folder(tmp_path: Path, program: ProgramShape) -> Path:
    (tmp_path / "my answers.yaml").touch()
    (tmp_path / "result.json").touch()
    (tmp_path / "people").mkdir()
    for shell, script in SCRIPTS.items():
        (tmp_path / f"script.{shell}").write_text(script(program))
    return tmp_path


def installed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed, so its completion was not tried.")
    return path


SETUP = {
    "bash": ["--norc", "-i"],
    "zsh": ["-f", "-i"],
}
FIRST = {
    "bash": "bind 'set enable-bracketed-paste off'; source script.bash; PS1='ready> '",
    "zsh": "autoload -U compinit; compinit -u -D; source script.zsh; PS1='ready> '",
    "zsh without its completion": "source script.zsh; PS1='ready> '",
}
"""The first command in a shell, by its name and what is special about it."""


@pytest.mark.parametrize("setting", FIRST)
def test_shell_completes_what_is_typed(folder: Path, setting: str) -> None:
    shell = setting.split(maxsplit=1)[0]
    environment = {**os.environ, "TERM": "dumb", "HOME": str(folder)}
    child = pexpect.spawn(
        installed(shell), SETUP[shell], encoding="utf-8", timeout=20, cwd=folder, env=environment, dimensions=(24, 200)
    )
    child.sendline(FIRST[setting])
    child.expect("[\r\n]ready> ")
    for typed, completed in COMPLETED.items():
        child.send(f"iop-fit {typed}\t")
        child.expect_exact(f"iop-fit {completed}")
        child.send("\x03")
        child.expect("[\r\n]ready> ")
    child.close(force=True)


def fish_offers(folder: Path, typed: str) -> Iterator[str]:
    command = [installed("fish"), "--no-config", "-c", 'source script.fish; complete -C "$argv[1]"', typed]
    environment = {**os.environ, "HOME": str(folder)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=environment)
    return (line.split("\t")[0] for line in done.stdout.splitlines())


@pytest.mark.parametrize("typed", COMPLETED)
def test_fish_completes_what_is_typed(folder: Path, typed: str) -> None:
    last = COMPLETED[typed].replace("\\ ", "\0").split(" ")[-1].replace("\0", " ")
    expected = [] if typed == COMPLETED[typed] else [last]
    assert [*fish_offers(folder, f"iop-fit {typed}")] == expected
