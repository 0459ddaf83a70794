"""The answers to each kind of question as SQL."""
