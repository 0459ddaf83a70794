"""The table of fields of a mapping file, which says what the columns of a table mean."""

from iop_fit.domain.answers import SkipReason
from iop_fit.loading.fields import Field, FieldType, enum_values

__all__ = ["MAPPING_FIELDS", "NO"]

NO = "no"
"""What an empty flag, or an option without one, can count as."""

MAPPING_FIELDS: dict[str, tuple[Field, ...]] = {
    "mapping": (
        Field("columns", FieldType.MAPPING, "The question that each column answers; also `id` and `for`."),
        Field(
            "values",
            FieldType.MAPPING,
            "For each column, or for all flags of a question, the option or the reason for skipping that a cell means.",
        ),
        Field("flags", FieldType.MAPPING, "For each question, the columns that say yes or no to one option each."),
        Field(
            "other options",
            FieldType.WORD,
            "`no` if options without a flag were not chosen; left out, each option needs one.",
            words=(NO,),
        ),
        Field(
            "empty flags",
            FieldType.WORD,
            "`no` if only the options that were chosen are marked; left out, an empty cell beside others is not known.",
            words=(NO,),
        ),
        Field(
            "missing",
            FieldType.WORD,
            "What an empty cell or a question without a column counts as; left out, each is a problem.",
            words=enum_values(SkipReason),
        ),
        Field("leave out", FieldType.ITEMS, "Columns that are not copied to the output."),
    ),
}
