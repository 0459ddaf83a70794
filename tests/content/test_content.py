"""Content of the questionnaires: words, reading level, and each row of the clinical tables."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import AlertLevel, PointList
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from support import ROOT
from support.readability import (
    EQUAL_LEVELS,
    STIGMATISING,
    alerts,
    asked,
    explanations,
    grade,
    reasons,
    sentences,
)

FILES = sorted(
    [*(ROOT / "questions").rglob("*.yaml"), *(path for path in (ROOT / "examples").rglob("*") if path.is_file())]
)


@pytest.fixture(scope="module", params=["program-fit", "stepping-down"])
def each_questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    """Each questionnaire meant for real people."""
    return iop_fit.load(None if request.param == "program-fit" else ROOT / "examples" / request.param)


# Words

TITLE_OF_A_SOURCE = re.compile(r"^ *cite: .*$|child-abuse reports", re.MULTILINE)
"""Titles and journals keep the words they were published under."""
ENDED_LINE = re.compile(r"\b(press|then|option) (3|three)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("words", [STIGMATISING, EQUAL_LEVELS], ids=["stigma", "equal-levels"])
def test_files_avoid_stigma_and_equal_level_claims(words: re.Pattern[str], path: Path) -> None:
    text = " ".join(TITLE_OF_A_SOURCE.sub("", path.read_text()).split())
    assert [text[max(0, hit.start() - 30) : hit.end() + 30] for hit in words.finditer(text)] == []


# Reading level


def test_grade_rises_with_long_words_and_sentences() -> None:
    easy, middle = "Can you wait? It is hard to wait.", "Medication can help people who wait for a program."
    hard = "Comprehensive multidisciplinary interventions facilitate sustainable rehabilitation outcomes."
    assert grade(easy) < 2 < grade(middle) < 8 < grade(hard)


def test_sentences_have_at_most_fifteen_words(questionnaire: Questionnaire) -> None:
    texts = (*asked(questionnaire), *alerts(questionnaire), *reasons(questionnaire), *explanations(questionnaire))
    assert [each for each in texts if any(len(words) > 15 for words in sentences(each.text))] == []


def test_questions_and_alerts_read_at_grade_six(questionnaire: Questionnaire) -> None:
    texts = (*asked(questionnaire), *alerts(questionnaire))
    assert [(round(grade(each.text), 1), *each) for each in texts if grade(each.text) > 6] == []


def test_explanations_read_at_grade_eight(questionnaire: Questionnaire) -> None:
    texts = (*explanations(questionnaire), *reasons(questionnaire))
    assert [(round(grade(each.text), 1), *each) for each in texts if grade(each.text) > 8] == []


# Required parts

NEUTRAL_QUESTIONS = {"obligations"}
NEUTRAL_ALERTS = {"opioid-medication"}


def test_questions_and_alerts_have_two_wordings(questionnaire: Questionnaire) -> None:
    public = questionnaire.public()
    other = public.worded_for(Audience.SOMEONE)
    asked = {name for name, question in public.questions.items() if question.ask == other.questions[name].ask}
    assert asked == NEUTRAL_QUESTIONS
    alerts = {alert.id for alert, about in zip(public.alerts, other.alerts, strict=True) if alert.text == about.text}
    assert alerts == NEUTRAL_ALERTS


def test_questions_have_why_dimension_and_source(each_questionnaire: Questionnaire) -> None:
    questions = each_questionnaire.questions.values()
    assert [question.id for question in questions if not question.why] == []
    assert {question.dimension for question in questions} == set(range(1, 7))
    assert [question.id for question in questions if question.need and not question.sources] == []


def test_direction_rules_have_sources(each_questionnaire: Questionnaire) -> None:
    assert [rule.id for rule in each_questionnaire.direction_rules if not rule.sources] == []


def test_alerts_cover_every_level(each_questionnaire: Questionnaire) -> None:
    assert {alert.level for alert in each_questionnaire.alerts} == set(AlertLevel)


STOPPING = ("on your own", "can cause seizures and can kill", "a doctor or an emergency room")
MUST_SAY = {
    "emergency-now": ("Call 911",),
    "emergency-supply": ("Call 911",),
    "emergency-self-harm": ("Thank you for saying it", "911", "988", "The questions can wait"),
    "suicide-now": ("Thank you for saying it", "or text 988", "may happen now, call 911", "The questions can wait"),
    "crisis-line": ("988", "guns or stored pills"),
    "harm-to-others": ("988", "911"),
    "overdose-risk": ("naloxone", "medication"),
    "opioid-break": ("can no longer take the old amount", "naloxone", "medication"),
    "opioid-withdrawal": ("buprenorphine or methadone", "higher after any break", "naloxone", "tough it out"),
    "opioid-medication": ("at any level of care", "today", "starts and goes on with buprenorphine or methadone"),
    "naloxone": ("needs no prescription",),
    "after-birth": ("naloxone", "medication"),
    "pregnancy-no-sudden-stop": ("not stop", "methadone or buprenorphine"),
    "severe-withdrawal": STOPPING,
    "alcohol-withdrawal": STOPPING,
    "older-drinking": STOPPING,
    "sedatives-daily": (*STOPPING, "slow way down"),
    "sedatives-mixed": (*STOPPING, "Nobody should stop buprenorphine or methadone"),
    "home-safety-help": ("Nothing is saved unless you ask", "leave and clear the screen"),
}


@pytest.mark.parametrize("name", MUST_SAY)
def test_alert_includes_required_phrases(questionnaire: Questionnaire, name: str) -> None:
    for audience in Audience:
        alert = next(alert for alert in questionnaire.worded_for(audience).alerts if alert.id == name)
        wording = alert.text.replace("on their own", "on your own")
        assert [words for words in MUST_SAY[name] if words not in wording] == []


# Contacts

GROUPS = {
    "emergency": {"emergency"},
    "crisis": {"lifeline", "lifeline-spanish", "lifeline-veterans", "lifeline-deaf", "home-violence"},
    "information": {"samhsa", "maternal", "poison"},
}
NEVER_COMPARED = {"emergency", "lifeline-deaf", "home-violence", "samhsa", "maternal"}
"""Contacts not yet verified against the provider's own page; the clinical notes give their origin."""


def test_contacts_are_in_the_right_groups(each_questionnaire: Questionnaire) -> None:
    groups = {group: {each.id for each in each_questionnaire.contacts if each.group == group} for group in GROUPS}
    assert groups == GROUPS


def test_contacts_are_verified_or_listed_here(each_questionnaire: Questionnaire) -> None:
    assert {contact.id for contact in each_questionnaire.contacts if contact.verified_on is None} <= NEVER_COMPARED


def test_texts_never_mention_the_ended_hotline(each_questionnaire: Questionnaire) -> None:
    contacts = [" ".join((*contact.ways, contact.name, contact.use)) for contact in each_questionnaire.contacts]
    texts = [
        each.text
        for each in (*asked(each_questionnaire), *alerts(each_questionnaire), *explanations(each_questionnaire))
    ]
    assert [text for text in (*contacts, *texts) if ENDED_LINE.search(text)] == []


# Points

WARNING_SIGNS = {
    "warn-phone-admission",
    "warn-up-front",
    "warn-gifts",
    "warn-no-medication",
    "warn-no-license",
    "warn-cure",
    "warn-one-length",
}
COST_HELP = {"cost-helpline", "cost-written", "cost-iop", "cost-medicare", "cost-medicaid", "cost-no-plan"}
PROVIDER_QUESTIONS = {
    "license and accreditation": "ask-license",
    "who assesses, and would another level be named": "ask-assessment",
    "medication": "ask-medication",
    "medication for opioid use": "ask-opioid-medication",
    "withdrawal": "ask-withdrawal",
    "whom to call at night": "ask-night-call",
    "depression, trauma, psychosis": "ask-mood-on-site",
    "therapies, hours, one-to-one": "ask-hours",
    "use again": "ask-use-again",
    "day, evening, video": "ask-schedule",
    "child care": "ask-child-care",
    "transport": "ask-travel",
    "interpreter": "ask-access",
    "family, with consent": "ask-family",
    "the plan after": "ask-after",
    "price, plan, scale by income, refunds": "ask-price",
    "records": "ask-records",
}


def test_points_cover_the_clinical_notes(questionnaire: Questionnaire) -> None:
    ids = {kind: {point.id for point in questionnaire.points if point.list is kind} for kind in PointList}
    assert ids[PointList.WARNING_SIGN] == WARNING_SIGNS
    assert COST_HELP - ids[PointList.COST_HELP] == set()
    assert set(PROVIDER_QUESTIONS.values()) - ids[PointList.ASK] == set()
    to_ask = [point for point in questionnaire.points if point.list is PointList.ASK]
    assert [point.id for point in to_ask if not (point.why and point.listen_for)] == []


# The two tables of the clinical notes: what is raised, the answers at its threshold, and the answers just below.
# "used=alcohol+opioids" are answers; "now=" is "none of these"; every other question has its calmest answer.

ALERTS = """
emergency-now | now=hard-to-wake | now=
emergency-now | now=breathing | now=
emergency-now | now=chest-pain | now=
emergency-now | now=seizure | ever-stopping=seizure
emergency-now | now=vomiting-blood | this-week=no-fluids
emergency-now | now=very-confused | now=
emergency-now | now=worst-headache | now=
emergency-now | now=drowsy-after-blow | this-week=head
emergency-now | now=seeing-things | voices=without-using
emergency-self-harm | now=self-harm | ending-life=plan
emergency-harm | now=harm-to-someone | hurting-someone=thoughts
emergency-supply | now=racing-after-stopping used=fentanyl | used=fentanyl
emergency-supply | now=racing-after-stopping used=unknown | now=racing-after-stopping
emergency-supply | now=racing-after-stopping used=street-pills | now=racing-after-stopping used=alcohol
emergency-supply | now=racing-after-stopping most-days=other | now=racing-after-stopping most-days=alcohol
emergency-supply | now=very-confused used=fentanyl | now=very-confused used=alcohol
suicide-now | ending-life=plan | ending-life=thoughts
suicide-now | ever-tried=recent | ever-tried=longer-ago
harm-to-others | hurting-someone=thoughts | hurting-someone=none
crisis-line | ending-life=wished | ending-life=none
crisis-line | ending-life=plan | mood=most-days-without-care
crisis-line | ever-tried=longer-ago | ever-tried=never
crisis-line | now=self-harm | now=
fast-heart-after-stopping | now=racing-after-stopping | after-a-day-without=shaking
overdose-risk | overdose=month | overdose=once
overdose-risk | overdose=twice | overdose=longer-ago
opioid-break | opioids-year=pain-done where=jail | opioids-year=pain-done
opioid-break | opioids-year=steady where=hospital | where=hospital
opioid-break | opioids-year=steady where=withdrawal-care | where=withdrawal-care
opioid-break | used=opioids where=live-in | used=opioids where=home
opioid-break | most-days=opioids where=jail | most-days=alcohol where=jail
opioid-break | opioids-year=break | opioids-year=steady
sick-this-week | this-week=very-sick | this-week=
sick-this-week | this-week=no-fluids | this-week=
sick-this-week | this-week=no-food | this-week=
sick-this-week | this-week=head | this-week=
sick-this-week | this-week=fever-injecting | this-week=
sick-this-week | this-week=wounds | illness=serious
voices-now | voices=while-using | voices=earlier
pregnancy-care | pregnancy=pregnant prenatal=none | pregnancy=pregnant prenatal=seen
pregnancy-care | pregnancy=pregnant used=stimulants | pregnancy=birth used=stimulants
pregnancy-care | pregnancy=pregnant most-days=stimulants | pregnancy=pregnant used=cannabis
pregnancy-no-sudden-stop | pregnancy=pregnant opioids-year=pain-done | pregnancy=birth opioids-year=break
pregnancy-no-sudden-stop | pregnancy=pregnant used=alcohol | pregnancy=birth used=alcohol
pregnancy-no-sudden-stop | pregnancy=pregnant sedatives=some-days | pregnancy=pregnant used=cannabis
alcohol-withdrawal | most-days=alcohol after-a-day-without=sweats | most-days=alcohol after-a-day-without=sleep-worry
alcohol-withdrawal | most-days=alcohol after-a-day-without=no-such-day | used=alcohol after-a-day-without=no-such-day
alcohol-withdrawal | most-days=alcohol after-a-day-without=shaking | most-days=cannabis after-a-day-without=shaking
alcohol-withdrawal | every-day=alcohol after-a-day-without=sleep-worry | every-day=alcohol after-a-day-without=nothing
alcohol-withdrawal | most-days=alcohol drinks=eight | most-days=alcohol drinks=seven
alcohol-withdrawal | every-day=alcohol drinks=eight | used=alcohol drinks=eight
alcohol-withdrawal | most-days=alcohol ever-stopping=medical-help | used=alcohol ever-stopping=medical-help
alcohol-withdrawal | most-days=alcohol ever-stopping=never-stopped | used=alcohol ever-stopping=never-stopped
severe-withdrawal | ever-stopping=seizure | ever-stopping=medical-help
severe-withdrawal | ever-stopping=delirium | ever-stopping=never-stopped
severe-withdrawal | ever-stopping=hospital | ever-stopping=medical-help
severe-withdrawal | after-a-day-without=severe | after-a-day-without=shaking
sedatives-daily | sedatives=most-days | sedatives=some-days
sedatives-daily | most-days=sedatives | used=sedatives
sedatives-daily | every-day=sedatives | every-day=other
sedatives-mixed | sedatives=some-days used=alcohol | sedatives=some-days
sedatives-mixed | used=sedatives+opioids | used=sedatives+cannabis
sedatives-mixed | sedatives=some-days opioids-year=steady | sedatives=some-days opioids-year=pain-done
opioid-withdrawal | most-days=opioids after-a-day-without=sweats | most-days=opioids after-a-day-without=sleep-worry
opioid-withdrawal | every-day=opioids after-a-day-without=no-such-day | used=opioids after-a-day-without=no-such-day
opioid-withdrawal | most-days=opioids ever-stopping=never-stopped | used=opioids ever-stopping=never-stopped
illness-and-use | illness=serious most-days=alcohol | illness=other most-days=alcohol
illness-and-use | illness=serious sedatives=most-days | illness=serious used=alcohol
see-a-doctor-soon | illness=other | illness=none
older-drinking | age=older every-day=alcohol after-a-day-without=sleep-worry | age=older every-day=alcohol
older-drinking | age=older every-day=alcohol after-a-day-without=no-such-day | age=older most-days=alcohol
older-drinking | age=older every-day=alcohol after-a-day-without=sweats | every-day=alcohol after-a-day-without=sweats
adults-only | age=under-18 | age=older
home-safety-help | home-safety=yes-now | home-safety=none
naloxone | opioids-year=pain-done | opioids-year=none
naloxone | used=fentanyl | used=alcohol
naloxone | used=stimulants | used=cannabis
naloxone | used=street-pills | used=sedatives
naloxone | used=tianeptine-kratom | used=
naloxone | used=unknown | used=
opioid-medication | opioids-year=pain-done | used=stimulants
opioid-medication | every-day=opioids | every-day=alcohol
after-birth | pregnancy=birth opioids-year=pain-done | pregnancy=birth
"""
DIRECTIONS = """
iop | most-days=alcohol drinks=eight | most-days=alcohol drinks=seven
iop | sedatives=most-days | sedatives=some-days
iop | every-day=alcohol | every-day=cannabis
iop | every-day=other | most-days=other
iop | most-days=cannabis lost=slipped | lost=slipped
iop | can-wait=hard | can-wait=mostly
iop | risky=at-times | risky=never
iop | treatment=for-a-while | treatment=fine
iop | mood=most-days-with-care used=alcohol | mood=some-days used=alcohol
iop | mood=most-days-without-care used=cannabis | mood=most-days-without-care
iop | night=uncertain most-days=cannabis | night=uncertain
iop | night=uncertain after-a-day-without=sleep-worry | night=uncertain used=alcohol
iop | home-use=around lost=slipped | home-use=around
iop | friends-use=most most-days=alcohol | friends-use=some most-days=alcohol
iop-plus | can-wait=hardly | can-wait=hard
iop-plus | risky=often | risky=at-times
iop-plus | treatment=use-again | treatment=for-a-while
iop-plus | medication=still-using | medication=hard-to-get
iop-plus | overdose=once | overdose=longer-ago
iop-plus | voices=while-using | voices=earlier
iop-plus | ending-life=thoughts | ending-life=wished
iop-plus | ever-tried=recent | ever-tried=longer-ago
iop-plus | basics=a-lot-of-trouble | basics=some-trouble
iop-plus | lost=lost | lost=slipped
iop-plus | pregnancy=pregnant prenatal=seen | pregnancy=birth
iop-plus | living=losing | living=recovery-house
iop-plus | living=no-place | living=others
iop-plus | home-use=pushed | home-use=around
iop-plus | night=nobody most-days=alcohol | night=nobody
iop-plus | can-wait=hard risky=at-times illness=other | can-wait=hard risky=at-times
iop-plus | mood=most-days-with-care home-use=around night=uncertain | mood=most-days-with-care home-use=around
iop-plus | mood=most-days-with-care friends-use=most night=uncertain | home-use=around friends-use=most night=uncertain
inpatient | basics=cannot | basics=a-lot-of-trouble
inpatient | treatment=two-programs night=nobody | treatment=two-programs night=uncertain
inpatient | treatment=use-again night=nobody | treatment=for-a-while night=nobody
inpatient | treatment=use-again home-use=pushed | treatment=two-programs home-use=around
inpatient | treatment=use-again living=no-place | treatment=two-programs living=losing
inpatient | can-wait=hardly night=nobody | can-wait=hard night=nobody
inpatient | can-wait=hardly home-use=pushed | can-wait=hardly home-use=around
inpatient | can-wait=hardly living=no-place | can-wait=hardly living=losing
inpatient | risky=mostly overdose=once | risky=often overdose=month
inpatient | risky=mostly overdose=twice | risky=mostly overdose=longer-ago
inpatient | living=no-place basics=a-lot-of-trouble | living=no-place basics=some-trouble
inpatient | basics=cannot | living=no-place home-use=pushed night=nobody lost=lost
inpatient | basics=cannot | mood=most-days-without-care can-wait=hardly
"""


class Row(NamedTuple):
    """A row of a table: what must come, from which answers, and from which not."""

    comes: str
    at: str
    below: str


def rows(table: str) -> list[Row]:
    return [Row(*(cell.strip() for cell in line.split("|"))) for line in table.strip().splitlines()]


each_alert_row = pytest.mark.parametrize("row", rows(ALERTS), ids=str)
each_direction_row = pytest.mark.parametrize("row", rows(DIRECTIONS), ids=str)


def answers(questionnaire: Questionnaire, written: str) -> dict[str, Answer]:
    pairs = dict(part.split("=") for part in written.split())
    chosen = {name: tuple(filter(None, options.split("+"))) for name, options in pairs.items()}
    for name, ids in chosen.items():
        assert set(ids) <= set(questionnaire.questions[name].options_by_id), f"{name}: {ids}"
    return {name: questionnaire.questions[name].choose(ids) for name, ids in chosen.items()}


def decided(questionnaire: Questionnaire, written: str) -> Decision:
    """Return the decision on these answers, with the calmest answer to every other question."""
    return decide(questionnaire, AnswerSheet({**calm(questionnaire), **answers(questionnaire, written)}))


def calm(questionnaire: Questionnaire) -> Mapping[str, Answer]:
    return {
        question.id: Chosen(()) if question.kind == "several" else question.choose((question.options[0].id,))
        for question in questionnaire.questions.values()
        if question.options
    }


@each_alert_row
def test_alert_is_raised_at_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    alone = decide(questionnaire, AnswerSheet(answers(questionnaire, row.at)))
    for decision in (alone, decided(questionnaire, row.at)):
        assert row.comes in {alert.id for alert in decision.alerts}


@each_alert_row
def test_alert_is_not_raised_below_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert row.comes not in {alert.id for alert in decided(questionnaire, row.below).alerts}


@each_direction_row
def test_direction_is_reached_at_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert decided(questionnaire, row.at).lowest.id == row.comes


@each_direction_row
def test_direction_is_not_reached_below_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert questionnaire.rank[decided(questionnaire, row.below).lowest.id] < questionnaire.rank[row.comes]


def test_tables_cover_every_alert_and_direction(questionnaire: Questionnaire) -> None:
    assert {row.comes for row in rows(ALERTS)} == {alert.id for alert in questionnaire.alerts}
    assert {row.comes for row in rows(DIRECTIONS)} == set(questionnaire.rank) - {"lighter"}


def test_calm_answers_lead_to_the_least_direction(questionnaire: Questionnaire) -> None:
    decision = decided(questionnaire, "")
    assert (decision.alerts, decision.lowest.id, decision.firm) == ((), "lighter", True)


def test_tables_fire_every_rule(questionnaire: Questionnaire) -> None:
    written = [row.at for row in (*rows(ALERTS), *rows(DIRECTIONS))]
    fired = {fired.rule.id for each in written for fired in decided(questionnaire, each).fired}
    assert {rule.id for rule in questionnaire.rules} - fired == set()


@pytest.mark.parametrize("reason", SkipReason)
def test_skipped_safety_question_leaves_alert_open(questionnaire: Questionnaire, reason: SkipReason) -> None:
    """Covers the questions that raise a public alert by themselves."""
    calmly, private = calm(questionnaire), {alert.id for alert in questionnaire.alerts if alert.private}
    alone = {
        (name, rule.raises)
        for need, rule in questionnaire.needs
        if len({name for name, _ in need}) == 1
        for name, _ in need
    }
    raised = {(name, alert) for name, alert in alone if alert not in private and alert not in questionnaire.rank}
    assert {"now", "ending-life", "ever-stopping", "sedatives", "overdose", "this-week"} <= {name for name, _ in raised}
    for name, alert in raised:
        decision = decide(questionnaire, AnswerSheet({**calmly, name: Skipped(reason)}))
        assert alert in {each.id for each in decision.open_alerts}
        assert not decision.firm


@pytest.mark.parametrize(
    ("text", "hit"),
    [("They were clean.", True), ("a clean test", True), ("users", True), ("Refuses care", True), ("medicine", False)],
)
def test_stigmatizing_words_are_found(text: str, hit: bool) -> None:
    assert bool(STIGMATISING.search(text)) is hit
