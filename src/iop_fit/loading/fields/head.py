"""The fields of the head, and the parts that any file of a questionnaire may have."""

from iop_fit.loading.fields.types import Field, FieldType

__all__ = ["HEAD_FIELDS"]

PARTS = (
    Field("option lists", FieldType.NOUNS, "Lists of options that questions can share.", noun="option list"),
    Field("lead-ins", FieldType.NOUNS, "Texts that introduce several questions in a row.", noun="lead-in"),
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

HEAD_FIELDS: dict[str, tuple[Field, ...]] = {
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
}
