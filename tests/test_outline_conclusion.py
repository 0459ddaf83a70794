"""One conclusion beside another that a later questionnaire has no name for."""

from conftest import ROOT
from iop_fit.loading.loader import load_questionnaire
from iop_fit.outline.comparison_parts import moved
from iop_fit.storage.conclusion import Conclusion, Named

MINIMAL = load_questionnaire(ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml")


def firm(name: str) -> Conclusion:
    direction = Named(name, name.title())
    return Conclusion(direction, direction, None, firm=True, alerts=())


def test_moved_tells_more_and_less_support_apart() -> None:
    assert moved(firm("less"), firm("more"), MINIMAL) == "The direction points to more support."
    assert moved(firm("more"), firm("less"), MINIMAL) == "The direction points to less support."


def test_moved_calls_neither_more_when_the_older_direction_is_gone() -> None:
    assert moved(firm("gone"), firm("more"), MINIMAL) == "The direction is another."
