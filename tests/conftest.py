"""What all tests share."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from support import EXAMPLES, ROOT, Run
from support.edits_of_sound import EDITS, edited

hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)
hypothesis.settings.load_profile("steady")


# Started with `nohup` or in the background, the tests would hand on that signals are ignored.
for each in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(each) is signal.SIG_IGN:
        signal.signal(each, signal.default_int_handler if each is signal.SIGINT else signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Write the golden files anew instead of comparing with them."
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    return iop_fit.load()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all questionnaires with mistakes: those of `invalid` and the edits of `sound.yaml`."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in (ROOT / "tests" / "questionnaires" / "invalid").glob("*.yaml"):
        shutil.copy(path, folder)
    for name in EDITS:
        (folder / f"{name}.yaml").write_text(edited(name))
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in an empty folder, with no terminal; a command that hangs fails."""

    def run(*arguments: str | Path, typed: str | None = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "iop_fit", *map(str, arguments)],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **environment},
            timeout=20,
        )

    return run
