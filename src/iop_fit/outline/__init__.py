"""The text of a result, built as format-independent blocks."""
