"""The table of fields of a questionnaire: every key, with its type and meaning."""

from enum import Enum
from typing import NamedTuple

from iop_fit.domain.care_option import CareRow
from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList, Strength
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.kinds.ordinal import LEAST_FIRST, MOST_FIRST
from iop_fit.text import join

__all__ = ["QUESTIONNAIRE_FIELDS", "Field", "FieldType", "enum_values", "second_wording"]


CARE_ROWS = tuple(f"`{row}`" for row in CareRow)


class FieldType(Enum):
    """The type of a field's value, as messages name it."""

    TEXT = "text"
    ID = "an id: lowercase letters, digits and hyphens, starting with a letter"
    WORD = "one of the allowed words"
    FLAG = "yes or no"
    WHOLE = "a whole number"
    NUMBER = "a number, such as 4 or 7.5"
    DAY = "a date as YYYY-MM-DD"
    TEXTS = "a list of texts"
    IDS = "an id or a list of ids"
    OPTIONS = "a mapping of option ids to labels"
    LEVELS = "a mapping of `some` and `a lot` to whole numbers"
    ANSWERS = "a mapping of question ids to answers"
    CONDITION = "a condition"
    CONDITIONS = "a list of conditions"
    NOUN = "a mapping"
    NOUNS = "a list of mappings"


class Field(NamedTuple):
    """One key of a mapping."""

    name: str
    shape: FieldType
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The values allowed for `WORD`."""
    noun: str = ""
    """For `NOUN` and `NOUNS`: the entry of the table that describes each mapping."""


def enum_values(kind: type[Enum]) -> tuple[str, ...]:
    """Return the values of an enumeration."""
    return tuple(member.value for member in kind)


def second_wording(key: str) -> str:
    """Return the key of a text's wording for someone who answers for the person."""
    return "about someone" if key == "label" else f"{key} about someone"


def _two_wordings(
    key: str, about: str, *, required: bool = False, shape: FieldType = FieldType.TEXT
) -> tuple[Field, Field]:
    """Return the keys of a text that has two wordings; the first wording serves as the second if that is missing."""
    same = "The same texts, each worded" if shape is FieldType.TEXTS else "The same text, worded"
    second = Field(second_wording(key), shape, f"{same} for someone who answers for the person.")
    return Field(key, shape, about, required), second


SOURCES = Field("sources", FieldType.IDS, "The sources that support it.")

PARTS = (
    Field("sections", FieldType.NOUNS, "The sections of questions, in order.", noun="section"),
    Field("alerts", FieldType.NOUNS, "Safety messages that no other answer can hide.", noun="alert"),
    Field("signs", FieldType.NOUNS, "Named conditions that rules can share.", noun="sign"),
    Field("directions", FieldType.NOUNS, "Levels of support, from lowest to highest.", noun="direction"),
    Field("rules", FieldType.NOUNS, "Reasons to raise a direction or an alert, each with its condition.", noun="rule"),
    Field("programs", FieldType.NOUNS, "The two programs that are compared.", noun="program"),
    Field("points", FieldType.NOUNS, "Points to discuss with a provider.", noun="point"),
    Field("options", FieldType.NOUNS, "The options of care, each described in the same rows.", noun="care option"),
    Field(
        "contradictions",
        FieldType.NOUNS,
        "Pairs of answers that don't agree; the interview asks which one is right.",
        noun="contradiction",
    ),
    Field("contacts", FieldType.NOUNS, "Hotlines and websites.", noun="contact"),
    Field(
        "sources",
        FieldType.NOUNS,
        "The sources of questions, rules, points and other parts.",
        noun="source",
    ),
    Field(
        "examples",
        FieldType.NOUNS,
        "Sample answers with their expected results; only `check` uses them.",
        noun="example",
    ),
)

QUESTIONNAIRE_FIELDS: dict[str, tuple[Field, ...]] = {
    "head": (
        Field("questionnaire", FieldType.ID, "The id of the questionnaire.", required=True),
        Field("title", FieldType.TEXT, "The title of the questionnaire.", required=True),
        Field("version", FieldType.TEXT, "The version of the questionnaire.", required=True),
        Field("language", FieldType.TEXT, "The language of the texts, such as `en`.", required=True),
        Field("audience", FieldType.TEXT, "Who it is for.", required=True),
        Field(
            "notice",
            FieldType.TEXT,
            "A statement of what the questionnaire is not; every result shows it.",
            required=True,
        ),
        Field("minutes", FieldType.WHOLE, "The approximate time to answer, in minutes.", required=True),
        Field("published", FieldType.DAY, "The date on which this version was published."),
        Field(
            "review by",
            FieldType.DAY,
            "The date by which it should be reviewed again; after it, `check` fails and every result says so.",
        ),
        Field("updates", FieldType.TEXT, "How often it is reviewed and updated, and what makes you do it sooner."),
        Field("funding", FieldType.TEXT, "Who pays for it; say so if no one does."),
        Field("authors", FieldType.TEXT, "Who wrote it, and their credentials."),
        Field("interests", FieldType.TEXT, "What the authors could gain from what it says; say so if nothing."),
        Field("evidence", FieldType.TEXT, "How the evidence was chosen, and how good it is."),
        Field("reading level", FieldType.TEXT, "The reading level of its texts, as measured, and how."),
        Field("condition", FieldType.TEXT, "What the condition is, and how it may go, in a few sentences."),
        Field("not asked", FieldType.TEXT, "What a provider may look for in the overview that no question asks."),
        Field("removed", FieldType.IDS, "The ids of questions of older editions that are no longer asked."),
        Field("files", FieldType.TEXTS, "The other files of the folder, in reading order."),
        *PARTS,
    ),
    "part": PARTS,
    "section": (
        Field("section", FieldType.ID, "The id of the section.", required=True),
        Field("title", FieldType.TEXT, "The heading of the section.", required=True),
        Field(
            "kind",
            FieldType.WORD,
            "What its questions are about: need, practical life, or wishes (also practical).",
            required=True,
            words=("need", "practical", "wishes"),
        ),
        Field("levels", FieldType.LEVELS, "The lowest score of each level; levels are shown but raise nothing."),
        Field("questions", FieldType.NOUNS, "The questions, in order.", required=True, noun="question"),
        Field("points", FieldType.NOUNS, "Discussion points about its answers.", noun="point"),
    ),
    "question": (
        Field("id", FieldType.ID, "The id of the question.", required=True),
        Field("kind", FieldType.WORD, "The type of question; the default is ranked.", words=tuple(KINDS)),
        Field("need", FieldType.FLAG, "Whether rules may name it; the default depends on its section."),
        Field(
            "topic",
            FieldType.TEXT,
            "A short name for reports; the default is the question itself.",
        ),
        *_two_wordings("ask", "The question, addressed to the person.", required=True),
        *_two_wordings("why", "Why the question is asked.", required=True),
        Field(
            "options",
            FieldType.OPTIONS,
            "The possible answers; those of a ranked or number question from least to most concern.",
        ),
        Field(
            "listed",
            FieldType.WORD,
            "The order in which the options of a ranked question are listed; the default is least first.",
            words=(LEAST_FIRST, MOST_FIRST),
        ),
        Field(
            "none in brief",
            FieldType.TEXT,
            "For a `several` question: the answer that none apply, in a few words, as `in brief` of an option.",
        ),
        Field("at most", FieldType.WHOLE, "The most options that can be chosen, for a practical `several` question."),
        Field("up to", FieldType.NUMBER, "The largest number that a number question accepts."),
        Field("unit", FieldType.TEXT, "What a number question counts, as it follows a number, such as `drinks`."),
        Field("unit for one", FieldType.TEXT, "The unit after the number 1, such as `drink`."),
        Field("such as", FieldType.TEXT, "Numbers that a number question names as examples, such as `34`."),
        Field(
            "ask when",
            FieldType.CONDITIONS,
            "Ask the question if any of these conditions holds; the default is always.",
        ),
        Field("changeable", FieldType.FLAG, "Whether the person could change this answer within weeks."),
        Field(
            "goal",
            FieldType.ID,
            "For a changeable ranked question: the option with the least concern that may be called a goal.",
        ),
        Field("dimension", FieldType.WHOLE, "The provider's assessment dimension, from 1 to 6.", required=True),
        Field(
            "at a glance", FieldType.TEXT, "The line of the provider's overview for its answer, such as `Withdrawal`."
        ),
        Field("private", FieldType.FLAG, "Whether the answer is left out of files unless the person includes it."),
        Field("formerly", FieldType.IDS, "The ids of the questions of older editions that this one replaces."),
        SOURCES,
    ),
    "option": (
        *_two_wordings("label", "The text of the answer.", required=True),
        Field(
            "in brief",
            FieldType.TEXT,
            "The answer in a few words for the summary and the provider's overview; one wording for every reader.",
        ),
        *_two_wordings("clause", 'The answer as a clause that can follow "if", for what would change the result.'),
        Field("from", FieldType.NUMBER, "The lowest number of the band, for a number question."),
        Field("score", FieldType.WHOLE, "The points it adds to the score of its section."),
        Field("eases", FieldType.ID, "The program that this answer makes easier to attend."),
        Field(
            "touches",
            FieldType.IDS,
            f"The rows of the described options that matter to whoever chose it: {join(CARE_ROWS)}.",
        ),
    ),
    "alert": (
        Field("id", FieldType.ID, "The id of the alert.", required=True),
        Field("level", FieldType.WORD, "The urgency of the alert.", required=True, words=enum_values(AlertLevel)),
        *_two_wordings("title", "The heading of the alert.", required=True),
        *_two_wordings("text", "What to do, addressed to the person.", required=True),
        *_two_wordings(
            "could not tell",
            "A line to show if skipped answers leave it undecided whether the alert is raised.",
            required=True,
        ),
        Field(
            "card",
            FieldType.ID,
            "The id of the card; raised alerts of one card are shown as one. The default is a card of its own.",
        ),
        Field("contacts", FieldType.IDS, "The contacts to show with the alert."),
        Field("withholds", FieldType.FLAG, "Whether the result shows no direction while the alert is raised."),
        Field(
            "enough", FieldType.IDS, "For `withholds`: the questions that are still required once the alert is raised."
        ),
        Field("private", FieldType.FLAG, "Whether the alert is left out of files unless the person includes it."),
        SOURCES,
    ),
    "sign": (
        Field("id", FieldType.ID, "The id of the sign.", required=True),
        Field("when", FieldType.CONDITION, "The condition that the sign names.", required=True),
    ),
    "direction": (
        Field("id", FieldType.ID, "The id of the direction.", required=True),
        *_two_wordings("title", "A short title of the direction.", required=True),
        Field("short", FieldType.TEXT, "A name of one to three words, for the drawing of all directions."),
        *_two_wordings("sentence", "The headline of the result.", required=True),
        *_two_wordings("does not mean", "What the direction does not mean.", required=True),
        *_two_wordings("afterwards", "The headline if a more urgent alert comes first.", required=True),
        *_two_wordings("next", "The next steps, in order.", required=True, shape=FieldType.TEXTS),
        Field("additions", FieldType.NOUNS, "Services that can be added to it.", noun="addition"),
    ),
    "addition": (
        Field("id", FieldType.ID, "The id of the addition.", required=True),
        *_two_wordings("text", "The text of the addition.", required=True),
    ),
    "rule": (
        Field("id", FieldType.ID, "The id of the rule.", required=True),
        Field("raises", FieldType.ID, "The direction or alert that it raises.", required=True),
        Field("when", FieldType.CONDITION, "The condition under which the rule fires.", required=True),
        *_two_wordings("because", "The reason, in plain words for the person.", required=True),
        Field(
            "rewords",
            FieldType.IDS,
            "The rules for which this one only gives a more exact reason; it must require more than they do.",
        ),
        Field("adds", FieldType.IDS, "The additions that the rule recommends."),
        SOURCES,
    ),
    "program": (
        Field("id", FieldType.ID, "The id of the program.", required=True),
        Field("name", FieldType.TEXT, "The full name.", required=True),
        Field("short", FieldType.TEXT, "The short name.", required=True),
        *_two_wordings("text", "A description of the program.", required=True),
        SOURCES,
    ),
    "point": (
        Field("id", FieldType.ID, "The id of the point.", required=True),
        Field("for", FieldType.IDS, "The programs it applies to; the default is all."),
        Field("list", FieldType.WORD, "The list that shows the point.", required=True, words=enum_values(PointList)),
        Field("when", FieldType.CONDITION, "Show the point if this condition holds; the default is always."),
        *_two_wordings("text", "The text of the point.", required=True),
        *_two_wordings("why", "Why to ask; only with `list: ask`."),
        *_two_wordings("listen for", "What a good reply includes; only with `list: ask`."),
        SOURCES,
    ),
    "care option": (
        Field("id", FieldType.ID, "The id of the option of care.", required=True),
        Field("name", FieldType.TEXT, "Its name.", required=True),
        *_two_wordings("what", "What it is.", required=True),
        *_two_wordings("week", "A usual day or week.", required=True),
        *_two_wordings("asks", "What it asks of the person.", required=True),
        *_two_wordings("good", "Its good sides.", required=True),
        *_two_wordings("drawbacks", "Its drawbacks.", required=True),
        Field("studies", FieldType.NOUNS, "What studies found.", required=True, noun="study"),
        *_two_wordings("sure", "How sure the studies make it.", required=True),
        *_two_wordings("costs", "What it costs the person besides money.", required=True),
        *_two_wordings("unsuited", "Who it suits less.", required=True),
        Field("marked for", FieldType.IDS, "The directions and alerts for which a result marks it."),
        Field("sources", FieldType.IDS, "The sources of `what` and `week`."),
    ),
    "study": (
        *_two_wordings("text", "What was found: in how many people or studies, when, and for how long.", required=True),
        SOURCES,
    ),
    "contradiction": (
        Field("id", FieldType.ID, "The id of the contradiction.", required=True),
        Field("questions", FieldType.IDS, "The two questions, in the order asked.", required=True),
        Field(
            "when",
            FieldType.CONDITION,
            "The answers that don't agree; it names both questions and no others.",
            required=True,
        ),
        *_two_wordings("ask", "What to ask about the two answers, addressed to the person.", required=True),
    ),
    "contact": (
        Field("id", FieldType.ID, "The id of the contact.", required=True),
        Field("name", FieldType.TEXT, "The name of the service.", required=True),
        Field("use", FieldType.TEXT, "What the service is for.", required=True),
        Field(
            "group",
            FieldType.WORD,
            "The type of contact: emergency, crisis or information.",
            required=True,
            words=enum_values(ContactGroup),
        ),
        Field("call", FieldType.TEXT, "The number to call."),
        Field("text", FieldType.TEXT, "What to text, and to which number."),
        Field("web", FieldType.TEXT, "The website."),
        Field("also", FieldType.TEXTS, "Other ways to reach it."),
        Field("hours", FieldType.TEXT, "The hours of service."),
        Field("verified on", FieldType.DAY, "The date it was last checked against the provider's website."),
    ),
    "source": (
        Field("id", FieldType.ID, "The id of the source.", required=True),
        Field("cite", FieldType.TEXT, "The citation: author, title and year.", required=True),
        Field("link", FieldType.TEXT, "A link, DOI or PubMed id."),
        Field("year", FieldType.WHOLE, "The year it was published."),
        Field("shows", FieldType.TEXT, "What it shows, in one sentence."),
        Field(
            "strength",
            FieldType.WORD,
            f"How strong it is: {'; '.join(f'`{each}`, {each.words}' for each in Strength)}.",
            words=enum_values(Strength),
        ),
    ),
}
