"""Check properties of a questionnaire and find counterexamples."""
