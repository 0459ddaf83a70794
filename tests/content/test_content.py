"""Content of the questionnaire: required parts and phrases, and each row of the clinical tables."""

import re

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.condition import evaluate
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList, Strength
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.points import points_of
from iop_fit.domain.wording import Audience
from support import ROOT
from support.clinical_tables import ALERTS, CALM, DIRECTIONS, CalmRow, Row, answers, calm, decided
from support.readability import alerts, asked, explanations


@pytest.fixture(scope="module", params=["program-fit", "stepping-down"])
def each_questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    """Each questionnaire meant for real people."""
    return iop_fit.load(None if request.param == "program-fit" else ROOT / "examples" / request.param)


# Required parts


def test_questions_have_why_dimension_and_source(each_questionnaire: Questionnaire) -> None:
    questions = each_questionnaire.questions.values()
    assert [question.id for question in questions if not question.why] == []
    assert {question.dimension for question in questions} == set(range(1, 7))
    assert [question.id for question in questions if question.need and not question.sources] == []


def test_rules_and_alerts_have_existing_sources(each_questionnaire: Questionnaire) -> None:
    known = {source.id for source in each_questionnaire.sources}
    for records in (each_questionnaire.alert_rules, each_questionnaire.direction_rules, each_questionnaire.alerts):
        assert [each.id for each in records if not each.sources or set(each.sources) - known] == []


def test_sources_have_a_year_and_what_they_show(each_questionnaire: Questionnaire) -> None:
    sources = each_questionnaire.sources
    assert [each.id for each in sources if not each.shows or each.strength is None] == []
    assert [each.id for each in sources if each.year is None and each.strength is not Strength.JUDGMENT] == []


def test_alerts_cover_every_level(each_questionnaire: Questionnaire) -> None:
    assert {alert.level for alert in each_questionnaire.alerts} == set(AlertLevel)


def test_time_comes_first_in_questions_about_a_time(questionnaire: Questionnaire) -> None:
    windows = re.compile(r"\b(past (\d+ (days|months)|month|week))\b")
    asks = {name: each.ask for name, each in questionnaire.questions.items() if windows.search(each.ask)}
    assert asks
    assert [name for name, ask in asks.items() if not ask.startswith("In the past")] == []


EXPLAINED = {
    "drinks": ("12-ounce beer", "5-ounce glass of wine", "1.5-ounce shot"),
    "overdose": ("breathing", "naloxone"),
    "opioids": ("pain pills", "heroin", "fentanyl", "methadone", "buprenorphine"),
    "in-the-way": ("intensive outpatient program (IOP)", "hours", "sleep at home"),
    "treatment": (),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_question_explains_its_own_words(questionnaire: Questionnaire, name: str) -> None:
    assert [words for words in EXPLAINED[name] if words not in questionnaire.questions[name].ask] == []


ONE_STRONGEST_FIRST = ("overdose", "opioids")
"""Ladders whose higher rung also fits a lower one, so the highest is listed first."""


@pytest.mark.parametrize("name", ONE_STRONGEST_FIRST)
def test_ladder_lists_its_highest_rung_first(questionnaire: Questionnaire, name: str) -> None:
    question = questionnaire.questions[name]
    assert [option.id for option in question.offered] == [option.id for option in question.options][::-1]


# What each alert must say

SUICIDE = ("Thank you for telling us", "988", "911", "guns and extra pills", "questions can wait")
STOPPING = ("on your own", "doctor", "emergency room")
MUST_SAY = {
    "emergency-now": ("Call 911 now",),
    "emergency-withdrawal": ("Call 911 now",),
    "emergency-supply": ("Call 911 now",),
    "emergency-after-birth": ("emergency room now", "911"),
    "emergency-self-harm": ("Thank you for telling us", "911", "call or text 988", "questions can wait"),
    "emergency-harm": ("911", "988"),
    "suicide-now": SUICIDE,
    "crisis-line": ("988", "guns and extra pills"),
    "harm-to-others": ("988", "911"),
    "severe-withdrawal-now": ("emergency room today", "911"),
    "racing-after-stopping": ("today", "911"),
    "voices-now": ("today", "988"),
    "possible-mania": ("today",),
    "overdose-opioids": ("today", "naloxone", "medicine"),
    "overdose-recent": ("today", "911"),
    "opioid-break": ("today", "can't handle the amount", "buprenorphine", "naloxone"),
    "sick-this-week": ("today", "911"),
    "pregnancy-stop-safely": ("today", "suddenly", "methadone or buprenorphine"),
    "pregnancy-other-drugs": ("today", "stop safely"),
    "pregnancy-care": ("today",),
    "already-stopped": ("doctor now", "911", "seizure", "confusion"),
    "severe-withdrawal": (*STOPPING, "deadly", "before you stop"),
    "alcohol-withdrawal": (*STOPPING, "seizures", "deadly", "before you stop"),
    "older-drinking": ("seizures", "doctor before you stop", "With medical help"),
    "alcohol-check": ("doctor before you stop", "emergency room"),
    "any-withdrawal": ("doctor before you stop", "easier and safer"),
    "pills-stop-slowly": ("suddenly", "seizures", "deadly", "doctor", "slowly"),
    "pills-mixed": ("breathing", "deadly", "take buprenorphine or methadone"),
    "opioid-withdrawal": ("tough it out", "buprenorphine", "methadone clinic", "overdose risk is higher", "naloxone"),
    "opioid-dose": ("Stay on your medicine", "dose", "naloxone"),
    "illness-and-use": ("doctor",),
    "naloxone": ("naloxone", "without a prescription"),
    "opioid-medication": ("naloxone", "buprenorphine", "methadone clinic", "today"),
    "opioid-past": ("naloxone", "small amount could be too much", "medicine for opioid use"),
    "after-birth-opioids": ("naloxone", "medicine for opioid use"),
    "after-birth": ("maternal mental health line", "988"),
    "pregnancy-alcohol": ("No amount is known to be safe", "not to drink"),
    "pregnancy-cannabis-nicotine": ("no amount is known to be safe", "visit"),
    "adults-only": ("SAMHSA", "988"),
    "home-safety-help": ("Nothing is saved unless you ask", "clear the screen", "close this tool"),
}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", MUST_SAY)
def test_alert_includes_required_phrases(questionnaire: Questionnaire, name: str, audience: Audience) -> None:
    alert = next(alert for alert in questionnaire.worded_for(audience).alerts if alert.id == name)
    said = f"{alert.title}. {alert.text}".casefold()
    said = re.sub(r"\btheir\b", "your", re.sub(r"\bthey\b", "you", said))
    assert [words for words in MUST_SAY[name] if words.casefold() not in said] == []


DEADLY = re.compile(r"\b(deadly|kill(s|ed)? (you|them)|can kill|die)\b", re.IGNORECASE)
CARRY_DEADLY = {"opioid-break", "severe-withdrawal", "alcohol-withdrawal", "pills-stop-slowly", "pills-mixed"}


def test_only_some_alerts_say_that_it_can_be_deadly(questionnaire: Questionnaire) -> None:
    deadly = {each.id for each in questionnaire.alerts if DEADLY.search(f"{each.title} {each.text}")}
    assert deadly == CARRY_DEADLY


def test_mixed_pills_alert_names_no_sudden_stop(questionnaire: Questionnaire) -> None:
    mixed = next(alert for alert in questionnaire.alerts if alert.id == "pills-mixed")
    assert not re.search("suddenly|all at once|slowly", mixed.text)


def test_methadone_never_comes_from_any_doctor(each_questionnaire: Questionnaire) -> None:
    """Methadone for opioid use comes only from an opioid treatment program."""
    texts = [each.text for each in (*alerts(each_questionnaire), *explanations(each_questionnaire))]
    asking = re.compile(r"doctor[^.]*\b(about|for|start|prescribe)\b[^.]*methadone(?! clinic)", re.IGNORECASE)
    assert [text for text in texts if asking.search(text) and "doctors recommend" not in text] == []


# Contacts

GROUPS = {
    "emergency": {"emergency"},
    "crisis": {"lifeline", "lifeline-spanish", "lifeline-veterans", "lifeline-deaf", "home-violence"},
    "information": {"samhsa", "maternal", "poison"},
}
NEVER_COMPARED = {"emergency", "lifeline-deaf"}
"""Contacts that were not compared with a page of the provider or its funder; the clinical notes give their origin."""
ENDED_LINE = re.compile(r"\b(press|then|option) (3|three)\b", re.IGNORECASE)
URGENT = {AlertLevel.EMERGENCY, AlertLevel.CRISIS, AlertLevel.SAME_DAY}


def test_contacts_are_in_the_right_groups(questionnaire: Questionnaire) -> None:
    groups = {group: {each.id for each in questionnaire.contacts if each.group == group} for group in GROUPS}
    assert groups == GROUPS


def test_contacts_are_verified_or_listed_here(questionnaire: Questionnaire) -> None:
    assert {contact.id for contact in questionnaire.contacts if contact.verified_on is None} == NEVER_COMPARED


NUMBERS = {
    "emergency": "911",
    "lifeline": "988, 988lifeline.org",
    "lifeline-spanish": "988 then 2, AYUDA to 988",
    "lifeline-veterans": "988 then 1, 838255",
    "lifeline-deaf": "988 by videophone (ASL), TTY 711 then 988",
    "home-violence": "1-800-799-7233, START to 88788, thehotline.org, TTY 1-800-787-3224",
    "samhsa": "1-800-662-4357, FindTreatment.gov, TTY 1-800-487-4889",
    "maternal": "1-833-852-6262",
    "poison": "1-800-222-1222",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_contact_has_the_number_of_the_notes(questionnaire: Questionnaire, name: str) -> None:
    contact = next(each for each in questionnaire.contacts if each.id == name)
    ways = " ".join((contact.call, contact.text, contact.web, *contact.also))
    assert [part for part in NUMBERS[name].split(", ") if part not in ways] == []


def test_maternal_line_is_no_crisis_line(questionnaire: Questionnaire) -> None:
    maternal = next(each for each in questionnaire.contacts if each.id == "maternal")
    assert "not a crisis line" in maternal.use
    assert maternal.call == maternal.text
    uses = [alert for alert in questionnaire.alerts if "maternal" in alert.contacts]
    assert uses
    assert [alert.id for alert in uses if alert.level in URGENT or "lifeline" not in alert.contacts] == []


def test_samhsa_number_comes_with_its_address(each_questionnaire: Questionnaire) -> None:
    samhsa = next(each for each in each_questionnaire.contacts if each.id == "samhsa")
    assert "not counseling" in samhsa.use
    texts = [each.text for each in (*alerts(each_questionnaire), *explanations(each_questionnaire))]
    assert [text for text in texts if "662-4357" in text and "FindTreatment.gov" not in text] == []


def test_crisis_alerts_name_no_information_line(questionnaire: Questionnaire) -> None:
    group = {contact.id: contact.group for contact in questionnaire.contacts}
    crisis = [alert for alert in questionnaire.alerts if alert.level in {AlertLevel.EMERGENCY, AlertLevel.CRISIS}]
    assert [each.id for each in crisis if any(group[name] is ContactGroup.INFORMATION for name in each.contacts)] == []


def test_texts_never_mention_the_ended_hotline(each_questionnaire: Questionnaire) -> None:
    contacts = [" ".join((*contact.ways, contact.name, contact.use)) for contact in each_questionnaire.contacts]
    kinds = (asked, alerts, explanations)
    texts = [each.text for kind in kinds for each in kind(each_questionnaire)]
    assert [text for text in (*contacts, *texts) if ENDED_LINE.search(text)] == []


# Points

POINTS = {
    "license and accreditation": "ask-license",
    "who assesses, and would another kind be named": "ask-assessment",
    "medicine for drinking": "ask-alcohol-medicine",
    "medicine for opioid use": "ask-opioid-medicine",
    "staying on medicine": "ask-stay-on-medicine",
    "contingency management": "ask-contingency",
    "withdrawal": "ask-withdrawal",
    "whom to call at night": "ask-night",
    "depression, trauma, psychosis": "ask-mental-health",
    "therapies, hours, one-on-one": "ask-hours",
    "use again": "ask-use-again",
    "day, evening, video": "ask-schedule",
    "child care": "ask-child-care",
    "rides": "ask-ride",
    "interpreter": "ask-language",
    "disability": "ask-access",
    "family, with consent": "ask-family",
    "the plan after": "ask-after",
    "price, insurance, refunds": "ask-price",
    "records": "ask-records",
    "approval first": "ask-approval",
    "a first call: drinking every day": "call-every-day",
    "what to bring": "bring-papers",
    "medicine first": "plan-medicine-first",
    "safer use": "plan-safer-use",
    "FMLA": "plan-job",
    "ADA": "plan-ada",
    "Medicaid at any time of year, HealthCare.gov": "cost-apply-medicaid",
    "Indian Health Service": "cost-ihs",
    "peers": "cost-free-groups",
    "for families": "cost-family",
    "today, while waiting": "plan-while-waiting",
    "a lighter step": "plan-small-step",
    "no treatment for now": "plan-not-now",
}
PRINTED = {
    "plan-job": ("FMLA", "doesn't cover days you miss because you drank or used"),
    "plan-ada": ("ADA",),
    "bring-papers": ("photo ID", "insurance card", "medicines", "doctor's name", "court or work papers"),
    "cost-free-groups": ("AA", "NA", "SMART Recovery", "Recovery Dharma", "LifeRing", "Women for Sobriety", "online"),
    "cost-family": ("Al-Anon", "SMART"),
    "cost-apply-medicaid": ("any time of year", "HealthCare.gov"),
    "ask-alcohol-medicine": ("naltrexone", "acamprosate"),
    "plan-safer-use": ("alone", "test strips", "new, unshared needles", "mix"),
}
WARNING_SIGNS = {
    *("warn-phone-admission", "warn-up-front", "warn-gifts", "warn-no-medicine", "warn-no-license", "warn-cure"),
    *("warn-one-length", "warn-stop-alone"),
}
BACKED_BY_BEETHAM = {"warn-phone-admission", "warn-up-front", "warn-gifts"}
"""What the study of 2021 found; it backs no other warning sign."""


def test_points_cover_the_clinical_notes(questionnaire: Questionnaire) -> None:
    known = {point.id: point for point in questionnaire.points}
    assert set(POINTS.values()) - set(known) == set()
    assert {name for name, point in known.items() if point.list is PointList.WARNING_SIGN} == WARNING_SIGNS
    asked = [point for point in known.values() if point.list is PointList.ASK]
    assert [point.id for point in asked if not (point.why and point.listen_for)] == []


@pytest.mark.parametrize("name", PRINTED)
def test_point_prints_what_the_notes_name(questionnaire: Questionnaire, name: str) -> None:
    point = next(point for point in questionnaire.points if point.id == name)
    assert [words for words in PRINTED[name] if words not in point.text] == []


def test_warning_signs_cite_only_what_was_found(questionnaire: Questionnaire) -> None:
    backed = {each.id for each in questionnaire.points if "beetham-2021" in each.sources}
    assert backed & WARNING_SIGNS == BACKED_BY_BEETHAM


def test_programs_get_equal_care(questionnaire: Questionnaire) -> None:
    """Points, sources and length of both programs differ by a third at most."""
    only = [
        [point for point in questionnaire.points if point.programs == (each.id,)] for each in questionnaire.programs
    ]
    for iop, inpatient in (
        [len(points) for points in only],
        [sum(len(point.sources) for point in points) for points in only],
        [len(program.text.split()) for program in questionnaire.programs],
        [len(program.sources) for program in questionnaire.programs],
    ):
        assert min(iop, inpatient) / max(iop, inpatient) >= 2 / 3


# The tables of the clinical notes


def raised(decision: Decision) -> set[str]:
    """Return the raised alerts and their levels."""
    return {alert.id for alert in decision.alerts} | {alert.level.value for alert in decision.alerts}


each_alert_row = pytest.mark.parametrize("row", ALERTS, ids=str)
each_direction_row = pytest.mark.parametrize("row", DIRECTIONS, ids=str)


@each_alert_row
def test_alert_is_raised_at_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    alone = decide(questionnaire, AnswerSheet(answers(questionnaire, row.at)))
    for decision in (alone, decided(questionnaire, row.at)):
        assert row.comes in raised(decision)


@each_alert_row
def test_alert_is_not_raised_below_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert row.comes not in raised(decided(questionnaire, row.below))


@each_direction_row
def test_direction_is_reached_at_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert decided(questionnaire, row.at).lowest.id == row.comes


@each_direction_row
def test_direction_is_not_reached_below_its_threshold(questionnaire: Questionnaire, row: Row) -> None:
    assert questionnaire.rank[decided(questionnaire, row.below).lowest.id] < questionnaire.rank[row.comes]


@pytest.mark.parametrize("row", CALM, ids=lambda row: row.answers or "nothing")
def test_calm_answers_are_not_overtreated(questionnaire: Questionnaire, row: CalmRow) -> None:
    decision = decided(questionnaire, row.answers)
    assert questionnaire.rank[decision.lowest.id] <= questionnaire.rank[row.at_most]
    urgent = {alert.id for alert in decision.alerts if alert.level is not AlertLevel.ALWAYS}
    assert (urgent if "any" in row.never else raised(decision) & row.never) == set()


def test_tables_cover_every_alert_and_direction(questionnaire: Questionnaire) -> None:
    levels = {level.value for level in AlertLevel}
    assert {row.comes for row in ALERTS} - levels == {alert.id for alert in questionnaire.alerts}
    assert {row.comes for row in DIRECTIONS} == set(questionnaire.rank) - {"lighter"}


def test_calm_answers_lead_to_the_least_direction(questionnaire: Questionnaire) -> None:
    decision = decided(questionnaire, "")
    assert (decision.alerts, decision.lowest.id, decision.firm) == ((), "lighter", True)


def test_tables_fire_every_rule(questionnaire: Questionnaire) -> None:
    fired = {fired.rule.id for row in (*ALERTS, *DIRECTIONS) for fired in decided(questionnaire, row.at).fired}
    assert {rule.id for rule in questionnaire.rules} - fired == set()


# Skipped and contradictory answers


@pytest.mark.parametrize("reason", SkipReason)
def test_skipped_safety_question_leaves_alert_open(questionnaire: Questionnaire, reason: SkipReason) -> None:
    """Covers the questions that are asked of everybody and raise a public alert by themselves."""
    calmly, private = calm(questionnaire), {alert.id for alert in questionnaire.alerts if alert.private}
    alone = {
        (name, rule.raises)
        for need, rule in questionnaire.needs
        if len({name for name, _ in need}) == 1
        for name, _ in need
        if not questionnaire.questions[name].asked_if
    }
    raised = {(name, alert) for name, alert in alone if alert not in private and alert not in questionnaire.rank}
    assert {"now", "thoughts", "tried", "overdose", "this-week", "mind", "opioids"} <= {name for name, _ in raised}
    for name, alert in raised:
        decision = decide(questionnaire, AnswerSheet({**calmly, name: Skipped(reason)}))
        assert alert in {each.id for each in decision.open_alerts}
        assert not decision.firm


UNKNOWN = (
    ("used", "ever-stopping=seizure", "severe-withdrawal"),
    ("without", "used=alcohol alcohol-days=daily", "alcohol-withdrawal"),
    ("drinks", "used=alcohol alcohol-days=most", "alcohol-withdrawal"),
    ("pill-days", "used=pills", "pills-stop-slowly"),
    ("without", "used=kratom", "any-withdrawal"),
    ("prenatal", "health=pregnant", "pregnancy-care"),
)
"""The skipped question, the other answers, and the alert that they leave open."""


@pytest.mark.parametrize(("skipped", "written", "alert"), UNKNOWN)
def test_skipped_use_question_leaves_withdrawal_open(
    questionnaire: Questionnaire, skipped: str, written: str, alert: str
) -> None:
    given = {**calm(questionnaire), **answers(questionnaire, written), skipped: Skipped(SkipReason.DONT_KNOW)}
    decision = decide(questionnaire, AnswerSheet(given))
    assert alert in {each.id for each in decision.open_alerts}
    assert not decision.firm


def test_nobody_is_asked_about_what_cannot_apply(questionnaire: Questionnaire) -> None:
    decision = decided(questionnaire, "health=")
    assert "prenatal" not in {question.id for question in decision.reached.asked}
    assert decision.firm


CONTRADICTIONS = {
    "used=opioids opioids=none": True,
    "used=pain-rx opioids=none": True,
    "used=opioids opioids=earlier": True,
    "used=opioids opioids=pain-over": True,
    "used=opioids opioids=steady": False,
    "used=pain-rx opioids=pain-now": False,
    "opioids=none": False,
    "age=70 health=pregnant": True,
    "age=30 health=pregnant": False,
    "age=70": False,
    "used=alcohol alcohol-days=daily last-use=week": True,
    "used=alcohol alcohol-days=daily last-use=today": False,
    "used=alcohol without=never last-use=days": True,
    "used=alcohol without=never last-use=today": False,
}


@pytest.mark.parametrize(("written", "found"), list(CONTRADICTIONS.items()))
def test_contradictory_answers_are_found(questionnaire: Questionnaire, written: str, found: bool) -> None:
    reached = decided(questionnaire, written).reached
    true = [each.id for each in questionnaire.contradictions if evaluate(each.when, reached.certain, reached.possible)]
    assert bool(true) is found


# Points that must be true for the person

HOME = re.compile(r"\b(your|their) (home|own place)\b|(at|back|go) home\b|steady place", re.IGNORECASE)
UNTRUE = (
    ("used=alcohol living=no-place", HOME),
    ("used=alcohol living=others", re.compile(r"steady|your home is|safe home", re.IGNORECASE)),
    ("used=alcohol home-safety=yes-now", re.compile(r"home is (safe|steady|good)|safe at home", re.IGNORECASE)),
    ("used=opioids opioids=steady medicine=taking", re.compile(r"start (buprenorphine|methadone)", re.IGNORECASE)),
    ("used=opioids opioids=steady medicine=still-using", re.compile(r"start (buprenorphine|methadone)", re.IGNORECASE)),
    ("used=alcohol in-the-way=ride", re.compile(r"day program|recovery hous|sober house", re.IGNORECASE)),
    ("mood=no-help night=nobody", re.compile(r"withdrawal|detox|naloxone", re.IGNORECASE)),
)
"""Answers, and what no point that depends on an answer may say beside them."""


@pytest.mark.parametrize(("written", "never"), UNTRUE, ids=lambda value: value if isinstance(value, str) else "")
def test_points_are_true_for_the_person(questionnaire: Questionnaire, written: str, never: re.Pattern[str]) -> None:
    points = [chosen.point for chosen in points_of(decided(questionnaire, written)) if chosen.point.when]
    assert [point.id for point in points if never.search(f"{point.text} {point.why}")] == []
