"""What is wrong with single rows of a table."""
