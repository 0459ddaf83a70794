"""Commands that only list something: the questions, the numbers, and where the questionnaire comes from."""
