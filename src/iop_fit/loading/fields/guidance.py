"""The fields of everything that answers lead to: alerts, directions, rules, points, options of care and sources."""

from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList, Strength
from iop_fit.loading.fields.types import SOURCES, Field, FieldType, enum_values, two_wordings

__all__ = ["GUIDANCE_FIELDS"]

LEVELS = (
    "Life is in danger: no other card is shown.",
    "Someone to talk to at any time, such as 988.",
    "To be seen by a doctor today.",
    "A doctor comes before any program.",
    "For people under 18, who need another place to ask.",
    "Home may not be safe: for private answers.",
    "Worth knowing whatever else is answered.",
)
"""What each level of an alert means."""

LISTS = (
    "Reasons why a program fits.",
    "What to plan for in a program.",
    "Questions to ask a provider.",
    "What to bring to the visit.",
    "Reasons to look elsewhere.",
    "Help with cost.",
    "For family and friends, shown only to someone who answers for the person.",
    "One sentence to say first on the telephone.",
)
"""What each list of points holds."""

GUIDANCE_FIELDS: dict[str, tuple[Field, ...]] = {
    "alert": (
        Field("id", FieldType.ID, "The id of the alert.", required=True),
        Field(
            "level",
            FieldType.WORD,
            "The urgency of the alert.",
            required=True,
            words=enum_values(AlertLevel),
            meanings=LEVELS,
        ),
        *two_wordings("title", "The heading of the alert.", required=True),
        *two_wordings("text", "What to do, addressed to the person.", required=True),
        *two_wordings(
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
        *two_wordings("title", "A short title of the direction.", required=True),
        Field("short", FieldType.TEXT, "A name of one to three words, for the drawing of all directions."),
        *two_wordings("sentence", "The headline of the result.", required=True),
        *two_wordings("does not mean", "What the direction does not mean.", required=True),
        *two_wordings("afterwards", "The headline if a more urgent alert comes first.", required=True),
        *two_wordings("next", "The next steps, in order.", required=True, shape=FieldType.TEXTS),
        Field("additions", FieldType.NOUNS, "Services that can be added to it.", noun="addition"),
    ),
    "addition": (
        Field("id", FieldType.ID, "The id of the addition.", required=True),
        *two_wordings("text", "The text of the addition.", required=True),
    ),
    "rule": (
        Field("id", FieldType.ID, "The id of the rule.", required=True),
        Field("raises", FieldType.ID, "The direction or alert that it raises.", required=True),
        Field("when", FieldType.CONDITION, "The condition under which the rule fires.", required=True),
        *two_wordings("because", "The reason, in plain words for the person.", required=True),
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
        *two_wordings("text", "A description of the program.", required=True),
        SOURCES,
    ),
    "point": (
        Field("id", FieldType.ID, "The id of the point.", required=True),
        Field("for", FieldType.IDS, "The programs it applies to; the default is all."),
        Field(
            "list",
            FieldType.WORD,
            "The list that shows the point.",
            required=True,
            words=enum_values(PointList),
            meanings=LISTS,
        ),
        Field("when", FieldType.CONDITION, "Show the point if this condition holds; the default is always."),
        *two_wordings("text", "The text of the point.", required=True),
        *two_wordings("why", "Why to ask; only with `list: ask`."),
        *two_wordings("listen for", "What a good reply includes; only with `list: ask`."),
        SOURCES,
    ),
    "care option": (
        Field("id", FieldType.ID, "The id of the option of care.", required=True),
        Field("name", FieldType.TEXT, "Its name.", required=True),
        *two_wordings("what", "What it is.", required=True),
        *two_wordings("week", "A usual day or week.", required=True),
        *two_wordings("asks", "What it asks of the person.", required=True),
        *two_wordings("good", "Its good sides.", required=True),
        *two_wordings("drawbacks", "Its drawbacks.", required=True),
        Field("studies", FieldType.NOUNS, "What studies found.", required=True, noun="study"),
        *two_wordings("sure", "How sure the studies make it.", required=True),
        *two_wordings("costs", "What it costs the person besides money.", required=True),
        *two_wordings("unsuited", "Who it suits less.", required=True),
        Field("marked for", FieldType.IDS, "The directions and alerts for which a result marks it."),
        Field("sources", FieldType.IDS, "The sources of `what` and `week`."),
    ),
    "study": (
        *two_wordings("text", "What was found: in how many people or studies, when, and for how long.", required=True),
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
        *two_wordings("ask", "What to ask about the two answers, addressed to the person.", required=True),
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
            meanings=tuple(each.words.capitalize() for each in Strength),
        ),
    ),
}
