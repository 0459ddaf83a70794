"""What can be wrong with a table, in sentences that name file, row and column."""
