"""The SQL dialects of the engines: how they quote, and what their functions are called."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["DUCKDB", "SPARK", "Dialect"]


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """The places where the SQL of two engines differs; `{0}` and `{1}` are the arguments."""

    mark: str
    """The sign around names."""
    escapes: tuple[tuple[str, str], ...]
    """The signs that a text literal can't hold as they are, with what to write instead."""
    text_type: str
    number_of: str
    """A text as a number; NULL if it is none."""
    matches: str
    """Whether a text matches a regular expression from its start to its end."""
    contains: str
    size: str
    items_among: str
    """The items of a list that are among some texts."""
    split: str
    """A text as a list, split at each semicolon."""
    joined: str
    """A list as a text, with semicolons."""
    concatenated: str
    """The texts that are not NULL as one text; each of them ends with `after_each`."""
    after_each: str
    list_of: str
    """A list of some texts, each once, without those that are NULL."""
    hash: str
    """A value as a whole number that hardly any other value has."""
    each: str
    """The items of a list, each in a row of its own."""
    empty_list: str
    null_list: str
    category: str
    """A text literal as a value of a named type that has few values."""
    new_category: str
    """The statement that defines such a type; empty if there are none."""

    def name(self, column: str) -> str:
        """Return the name of a column, quoted."""
        return f"{self.mark}{column.replace(self.mark, self.mark * 2)}{self.mark}"

    def plain_name(self, quoted: str) -> str:
        """Return the name of a column without its quotes."""
        return quoted[1:-1].replace(self.mark * 2, self.mark)

    def text(self, value: str) -> str:
        """Return a text literal."""
        for sign, escaped in self.escapes:
            value = value.replace(sign, escaped)
        return f"'{value}'"

    def listed(self, texts: Iterable[tuple[str, str]]) -> str:
        """Return those of some texts whose test is true, as one text with semicolons; each is after its test."""
        parts = (f"CASE WHEN {test} THEN {self.text(text + self.after_each)} END" for test, text in texts)
        return self.concatenated.format(", ".join(parts) or "NULL")

    def texts(self, values: Iterable[str]) -> str:
        """Return text literals, separated by commas."""
        return ", ".join(map(self.text, values))


DUCKDB = Dialect(
    mark='"',
    escapes=(("'", "''"),),
    text_type="VARCHAR",
    number_of="TRY_CAST({0} AS DOUBLE)",
    matches="regexp_full_match({0}, {1})",
    contains="list_contains({0}, {1})",
    size="len({0})",
    items_among="list_filter({0}, lambda item: item IN ({1}))",
    split="string_split({0}, ';')",
    joined="array_to_string({0}, ';')",
    concatenated="left(concat({0}), -1)",  # in half the time of concat_ws
    after_each=";",
    list_of="list_distinct([{0}])",
    hash="hash({0})",
    each="unnest({0})",
    empty_list="CAST([] AS VARCHAR[])",
    null_list="CAST(NULL AS VARCHAR[])",
    category="{0}::{1}",
    new_category="CREATE TYPE {0} AS ENUM ({1})",
)

SPARK = Dialect(
    mark="`",
    escapes=(("\\", "\\\\"), ("'", "\\'")),
    text_type="STRING",
    number_of="TRY_CAST({0} AS DOUBLE)",
    matches=r"{0} RLIKE concat('^', {1}, '\\z')",
    contains="array_position({0}, {1}) > 0",  # `array_contains` is NULL if the list holds a NULL
    size="array_size({0})",  # `size` of NULL is -1
    items_among="filter({0}, item -> item IN ({1}))",
    split="split({0}, ';')",
    joined="array_join({0}, ';')",
    concatenated="concat_ws(';', {0})",
    after_each="",
    list_of="array_compact(array_distinct(array({0})))",
    hash="xxhash64({0})",
    each="explode({0})",
    empty_list="CAST(array() AS ARRAY<STRING>)",
    null_list="CAST(NULL AS ARRAY<STRING>)",
    category="{0}",
    new_category="",
)
