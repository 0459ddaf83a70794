"""Answers files, drafts and saved results."""
