"""Score many answer sheets at once, with SQL that a column engine runs."""
