"""What a result shows of a decision: the strongest reasons, one card per step, and the most relevant points."""
