"""Commands that only list something: the questions, and the numbers."""
