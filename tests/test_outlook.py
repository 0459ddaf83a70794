"""What the points of a partly filled sheet still hang on."""

from conftest import ROOT
from iop_fit.check.point_search import Withholding
from iop_fit.domain.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason
from iop_fit.domain.decision import decide
from iop_fit.loading.loader import load_questionnaire

SOUND = load_questionnaire(ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml")
CALM = {"used": Chosen(()), "alone": Chosen(("rarely",)), "pay": Chosen(("other",))}


def open_questions(*unsettled: str) -> set[str]:
    skipped: dict[str, Answer] = dict.fromkeys(unsettled, Skipped(SkipReason.DONT_KNOW))
    decision = decide(SOUND, AnswerSheet({**CALM, **skipped}))
    withholding = Withholding(SOUND)
    return {*withholding.open_questions(SOUND.points, withholding.outlook(decision, frozenset(unsettled)))}


def test_points_hang_on_nothing_once_all_is_answered() -> None:
    assert open_questions() == set()


def test_point_hangs_on_the_question_that_it_names() -> None:
    assert open_questions("pay") == {"pay"}


def test_points_about_an_area_hang_on_all_of_its_questions() -> None:
    assert open_questions("alone") == {"used", "pills-daily", "alone"}
