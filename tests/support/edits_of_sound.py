"""Valid questionnaires with findings: each is `sound.yaml` with a small edit."""

from support import TESTS

SOUND = (TESTS / "questionnaires" / "valid" / "sound.yaml").read_text().partition("\n")[2]
"""The text without its first line, a comment that does not apply to the edited files."""


def rest_from(start: str) -> str:
    return SOUND[SOUND.index(start) :]


NEXT_RULE = "  - id: pills-and-alone\n"
"""The start of the rule after `alone-often`, where new rules are inserted."""

EDITS: dict[str, dict[str, str]] = {
    "advice-contact-never-verified": {", verified on: 2025-06-01": ""},
    "advice-contact-of-long-ago": {"2025-06-01": "2025-01-01"},
    "advice-contact-of-tomorrow": {"2025-06-01": "2026-01-03"},
    "advice-one-wording": {
        "before stopping the pills.": "before you stop the pills.",
        "pills: Pills}": "pills: {label: Your pills, about someone: Their pills}}",
        "{rarely: Rarely, often: Often": "{rarely: Rarely, often: Often for them",
    },
    "advice-one-wording-of-an-option": {
        "text: Evenings helped.": "text: Evenings helped them.",
        "good: Days stay free.": "good: Your days stay free.",
    },
    "advice-unused-addition": {", adds: company": ""},
    "advice-no-options": {rest_from("\noptions:").partition("\nexamples:")[0]: ""},
    "advice-provenance-missing": {"funding: No one pays for it.\n": "", "reading level: Grade 5.\n": ""},
    "advice-rule-without-source": {
        "{id: alone-always, sources: judgement, ": "{id: alone-always, ",
        "{id: alone-often, sources: judgement, ": "{id: alone-often, ",
        "title: See a doctor first\n": "title: See a doctor first\n    sources: judgement\n",
        "because: Pills every day.\n    sources: judgement\n": "because: Pills every day.\n",
    },
    "advice-unused-source": {"sources: rest-2020, ": ""},
    "finding-alert-without-a-contact": {"stop pills.\n    contacts: [lifeline]\n": "stop pills.\n"},
    "finding-alert-without-a-rule": {
        "  - {id: alone-always, sources: judgement, raises: talk-today, when: {alone: {at least: always}}, "
        "because: Every evening alone.}\n": ""
    },
    "finding-alert-without-example": {rest_from("  - id: pills-and-silence"): ""},
    "finding-contradiction-behind-a-gate": {
        "contacts:\n  -": "contradictions:\n"
        "  - {id: pills-or-not, questions: [used, pills-daily], ask: Which is right?,\n"
        "     when: {not: {used: {any of: [pills]}}, pills-daily: {at least: often}}}\n\n"
        "contacts:\n  -"
    },
    "finding-direction-always-passed-over": {
        NEXT_RULE: "  - {id: alone-most, sources: judgement, raises: most, when: {alone: {at least: often}}, "
        "because: Many evenings alone.}\n" + NEXT_RULE
    },
    "finding-direction-without-a-rule": {
        "  - id: pills-and-alone\n"
        "    raises: most\n"
        "    when: {alone: {at least: often}, pills-daily: {at least: often}}\n"
        "    because: Pills, and many evenings alone.\n"
        "    sources: judgement\n": ""
    },
    "finding-direction-without-example": {rest_from("  - id: pills-often"): ""},
    "finding-example-differs": {
        "raises: more, when: {alone: {at least: often}}": "raises: more, when: {alone: {at least: always}}"
    },
    "finding-example-names-what-is-not-there": {
        "direction: less, ": "direction: lesser, ",
        "[talk-today, see-a-doctor]": "[see-a-doctor, talk-today]",
    },
    "finding-example-with-wrong-answers": {
        "{used: [alcohol], alone: rarely, pay: plan}": "{used: [beer], alone: rarely, pills-daily: often}"
    },
    "finding-idle-rule": {
        NEXT_RULE: "  - {id: alone-always-more, sources: judgement, raises: more, when: {alone: {at least: always}}, "
        "because: Every evening alone.}\n" + NEXT_RULE
    },
    "finding-rewords-nothing": {
        NEXT_RULE: "  - {id: alone-always-more, sources: judgement, raises: more, when: {alone: {at least: always}}, "
        "because: Every evening alone., rewords: pills-every-day}\n" + NEXT_RULE
    },
    "finding-no-examples": {rest_from("examples:"): ""},
    "finding-option-order": {"often: Often, always: Always": "always: Always, often: Often"},
    "finding-point-behind-a-full-list": {
        "points:\n": "points:\n"
        "  - {id: more-one, for: evening, list: fits, text: Also number one.}\n"
        "  - {id: more-two, for: evening, list: fits, text: Also number two.}\n"
        "  - {id: more-three, for: evening, list: fits, text: Also number three.}\n"
    },
    "finding-point-that-contradicts-itself": {
        "{pay: {any of: [myself, plan]}}": "{pay: {any of: [plan]}, not: {pay: {any of: [plan]}}}"
    },
    "finding-program-without-a-point": {
        "  - {id: staff, for: live-in, list: fits, text: Staff are there at night.}\n": ""
    },
    "finding-review-overdue": {"review by: 2027-07-15": "review by: 2026-01-01"},
    "finding-two-equal-rules": {
        NEXT_RULE: "  - {id: often-alone, sources: judgement, raises: more, when: {alone: {at least: often}}, "
        "because: Many evenings alone., adds: company}\n" + NEXT_RULE
    },
    "advice-unused-option": {
        "rarely: Rarely, often: Often, ": "rarely: Rarely, at-times: {label: At times, score: 0}, "
        "often: {label: Often, score: 1}, ",
        "other: Some other way}": "other: Some other way, later: Later}",
    },
}
"""Edits by case: each maps a text that occurs once to its replacement."""


def edited(name: str) -> str:
    """Return the questionnaire of a case."""
    text = SOUND
    for old, new in EDITS[name].items():
        assert text.count(old) == 1, f"{name}: must occur once in sound.yaml: {old}"
        text = text.replace(old, new)
    return text
