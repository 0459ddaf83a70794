"""The order of the packages: each imports only those before it, and no package holds a cycle."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

import iop_fit
from iop_fit import limits

PACKAGES = (
    ("limits", "problem_codes", "version"),
    ("text",),
    ("errors",),
    ("files",),
    ("domain",),
    ("loading",),
    ("storage",),
    ("checking", "outline", "scoring"),
    ("report",),
    ("api",),
    ("interview",),
    ("cli",),
    ("", "__main__"),
)
"""Packages and top-level modules in the order of the data; those in one row don't see each other."""

LEVEL = {name: level for level, names in enumerate(PACKAGES) for name in names}
SOURCE = Path(iop_fit.__file__).parent
MAX_MODULES = 14
"""Limit that keeps a folder easy to survey."""

SYSTEM = {"os", "sys", "time", "random", "socket", "subprocess", "shutil", "tempfile", "urllib", "http", "getpass"}
SYSTEM |= {"signal", "resource", "fcntl", "termios"}
MAY_USE_THE_SYSTEM = {"files", "interview", "cli", "__main__"}


def modules() -> dict[str, Path]:
    """Return each module by its dotted name below `iop_fit`; a package has its own name."""
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip("."): path
        for path in SOURCE.rglob("*.py")
    }


def imports_in(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, including type-only and in-function imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            assert node.module
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def own_imports(path: Path) -> set[str]:
    return {name.removeprefix("iop_fit").lstrip(".") for name in imports_in(path) if name.split(".")[0] == "iop_fit"}


def package_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one cycle, or nothing."""
    done: set[str] = set()

    def visit(module: str, above: list[str]) -> list[str]:
        if module in above:
            return [*above[above.index(module) :], module]
        if module not in done:
            for other in sorted(graph.get(module, ())):
                if found := visit(other, [*above, module]):
                    return found
            done.add(module)
        return []

    return next((found for module in sorted(graph) if (found := visit(module, []))), [])


def test_every_module_belongs_to_a_package() -> None:
    assert {package_of(module) for module in modules()} == set(LEVEL)


def test_packages_import_only_packages_before_them() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, path in modules().items()
        for other in own_imports(path)
        if package_of(other) != package_of(module) and LEVEL[package_of(other)] >= LEVEL[package_of(module)]
    ]
    assert wrong == []


def test_packages_have_no_import_cycles() -> None:
    assert cycle_in({module: own_imports(path) for module, path in modules().items()}) == []


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"]),
        ({"a": {"a"}}, ["a", "a"]),
    ],
)
def test_cycle_in_finds_a_cycle(graph: dict[str, set[str]], found: list[str]) -> None:
    assert cycle_in(graph) == found


def test_packages_have_few_modules() -> None:
    sizes: dict[str, int] = {}
    for path in modules().values():
        if path.name != "__init__.py":
            sizes[path.parent.name] = sizes.get(path.parent.name, 0) + 1
    assert {name for name, size in sizes.items() if size > MAX_MODULES} == set()


def test_only_outer_packages_use_the_system() -> None:
    users = {module for module, path in modules().items() if SYSTEM & {name.split(".")[0] for name in imports_in(path)}}
    assert {package_of(module) for module in users} == MAY_USE_THE_SYSTEM


def attributes_of(module: str) -> set[str]:
    """Return the dotted names that a module reads, such as `os.environ`."""
    tree = ast.parse(modules()[module].read_text())
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_only_commands_read_the_clock() -> None:
    clocks = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}
    assert {module for module in modules() if clocks & attributes_of(module)} == {"cli.app", "cli.other_commands"}


def test_only_few_modules_use_the_environment() -> None:
    users = {module for module in modules() if {"os.environ", "os.getenv"} & attributes_of(module)}
    assert users == {"files.reading", "files.output_target", "files.invocation", "cli.pager"}


MAY_CATCH_EVERYTHING = {"files.writing", "report.to_pdf", "interview.session", "cli.asking", "cli.exit_status"}
"""All but `cli.exit_status` raise again: after cleaning up, after offering to save, or as another error."""


def test_only_exit_status_ends_every_exception() -> None:
    catching = {module: catch_alls(path) for module, path in modules().items() if catch_alls(path)}
    assert set(catching) == MAY_CATCH_EVERYTHING
    swallowing = {module for module, handlers in catching.items() if not all(map(raises_at_the_end, handlers))}
    assert swallowing == {"cli.exit_status"}


def catch_alls(path: Path) -> list[ast.ExceptHandler]:
    """Return the handlers of `BaseException`, `Exception` and everything."""
    handlers = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ExceptHandler)]
    return [each for each in handlers if not each.type or ast.unparse(each.type) in {"BaseException", "Exception"}]


def raises_at_the_end(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise)


def test_limits_are_set_in_one_module() -> None:
    set_elsewhere = [
        f"{module}.{target.id}"
        for module, path in modules().items()
        if module != "limits"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.startswith("MAX_")
    ]
    assert set_elsewhere == []


def test_each_limit_has_some_use() -> None:
    used = {name.id for path in modules().values() for name in ast.walk(ast.parse(path.read_text())) if _is_read(name)}
    assert {name for name in vars(limits) if name.startswith("MAX_")} <= used


def _is_read(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
