"""Properties of a questionnaire, with counterexamples."""
