"""Pure core: questions, answers, conditions, the decision and the assessment."""
