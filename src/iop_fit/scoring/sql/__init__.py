"""Compile a questionnaire to SQL."""
