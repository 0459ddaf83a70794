"""The examples of the page on the Python API print what it shows, and `help` and `dir` offer its names."""

import doctest
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import iop_fit
from support import ROOT, UNMEASURED

PAGE = ROOT / "docs" / "reference" / "python-api.md"
EXAMPLE = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_examples_of_the_page_print_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example has the names of the module's docstring and of the examples before it."""
    monkeypatch.chdir(ROOT)
    runner, said = doctest.DocTestRunner(), list[str]()
    names: dict[str, object] = {}
    for number, text in enumerate([iop_fit.__doc__ or "", *EXAMPLE.findall(PAGE.read_text())]):
        example = doctest.DocTestParser().get_doctest(text, names, f"example {number}", str(PAGE), 0)
        runner.run(example, out=said.append, clear_globs=False)
        names = example.globs
    assert said == []
    functions = [name for name in iop_fit.__all__ if callable(getattr(iop_fit, name)) and name.islower()]
    assert runner.summarize(verbose=False).attempted > 2 * len(functions)
    assert [name for name in functions if f"iop_fit.{name}(" not in "".join(EXAMPLE.findall(PAGE.read_text()))] == []


def test_dir_and_help_offer_the_public_names() -> None:
    assert dir(iop_fit) == sorted(iop_fit.__all__)
    page = pydoc.plain(pydoc.render_doc(iop_fit))
    assert [name for name in iop_fit.__all__ if name not in page] == ["__version__"]
    assert f"VERSION\n    {iop_fit.__version__}\n" in page
    assert "Load answers from the path of an answers file" in page


@pytest.mark.parametrize("name", [name for name in iop_fit.__all__ if not name.startswith("_")])
def test_public_names_have_docstrings(name: str) -> None:
    thing = getattr(iop_fit, name)
    first = thing.__doc__.partition("\n\n")[0]
    assert isinstance(thing, tuple) or (first.endswith(".") and not first.startswith(f"{name}("))


def test_import_loads_nothing_but_the_version(tmp_path: Path) -> None:
    code = "import sys; import iop_fit; dir(iop_fit); print(*(name for name in sys.modules if 'iop_fit' in name))"
    command = [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=UNMEASURED)
    assert {*done.stdout.split()} == {"iop_fit", "iop_fit.version"}
