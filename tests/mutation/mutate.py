"""Hold tests against mutants of one module; by hand, never in CI.

    .venv/bin/python tests/mutation/mutate.py domain.condition
    .venv/bin/python tests/mutation/mutate.py checking.rules \
        tests/checking/test_second_opinion.py tests/cli/test_check_command.py
    .venv/bin/python tests/mutation/mutate.py domain.whatif "#16,28"    # these mutants alone

The well-kept tools do not fit: mutmut 3 leaves out functions with decorators, and so nearly all of `decide`;
cosmic-ray has no mutants that take out a statement, an argument or a text, and starts anew for each one.
"""

import ast
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from time import process_time
from types import CodeType
from typing import NamedTuple

from mutations import mutants_of

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "iop_fit"
MEMORY = 2 * 1024**3
NEVER_IMPORTED = 99

TESTS = {
    "domain.condition": ("tests/domain/test_condition.py",),
    "domain.decision": ("tests/domain/test_decision.py",),
    "domain.whatif": ("tests/domain/test_whatif.py",),
    "checking.checker": ("tests/checking/test_checker.py",),
    "loading.loader": ("tests/loading/test_loader.py",),
}
"""The tests that a module is held against unless others are named; the first one that fails ends a mutant."""


class Tried(NamedTuple):
    """What became of one run of the tests."""

    status: int
    seconds: float


class Mutated(MetaPathFinder, InspectLoader):
    """Imports one module from a changed syntax tree."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.name = f"iop_fit.{module}"
        self.code: CodeType = compile(tree, str(SOURCE / f"{module.replace('.', '/')}.py"), "exec")

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def get_source(self, fullname: str) -> None:
        """Return nothing: what stands in the file is not what runs."""

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return self.code


def tried(module: str, tree: ast.Module, tests: Sequence[str], seconds: int) -> Tried:
    """Run the tests in a process of their own, forked from this one so that libraries are there already."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if not child:
        os._exit(_run(module, tree, tests, seconds))
    _, status = os.waitpid(child, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Tried(os.waitstatus_to_exitcode(status), used)


def _run(module: str, tree: ast.Module, tests: Sequence[str], seconds: int) -> int:
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (int(process_time()) + seconds, int(process_time()) + seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    sys.path.insert(0, str(SOURCE.parent))
    sys.meta_path.insert(0, Mutated(module, tree))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    status = int(pytest.main([*options, *tests]))
    return status if status or f"iop_fit.{module}" in sys.modules else NEVER_IMPORTED


def main(module: str, tests: Sequence[str], only: Sequence[int] = ()) -> None:
    """Print what became of each mutant that survives, and the score."""
    for library in ("hypothesis", "pytest", "yaml"):
        import_module(library)
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(SOURCE.parent)
    source = (SOURCE / f"{module.replace('.', '/')}.py").read_text()
    status, used = tried(module, ast.parse(source), tests, 600)
    if status:
        sys.exit(f"The tests must pass without a change first (they end with {status}).")
    print(f"{module}: {used:.1f} s without a change", flush=True)
    limit = int(used * 3) + 5
    ended: dict[str, list[int]] = {"killed": [], "timed out": [], "survived": []}
    mutants = list(mutants_of(source))
    for number in only or range(len(mutants)):
        status, _ = tried(module, mutants[number].tree, tests, limit)
        word = "survived" if not status else "timed out" if status in (-signal.SIGXCPU, -signal.SIGKILL) else "killed"
        ended[word].append(number)
        if word != "killed":
            print(f"  {word}: #{number} {module}.py:{mutants[number].line}: {mutants[number].change}", flush=True)
    survived, tried_all = len(ended["survived"]), sum(map(len, ended.values()))
    counts = ", ".join(f"{len(numbers)} {word}" for word, numbers in ended.items())
    print(f"{module}: {tried_all} mutants, {counts}; score {100 * (1 - survived / tried_all):.1f} %", flush=True)


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    numbers = [int(each) for each in rest.pop(0)[1:].split(",")] if rest and rest[0].startswith("#") else []
    main(name, rest or TESTS[name], numbers)
