"""Made-up people with plausible answers, to try scoring on."""
