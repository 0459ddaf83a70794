"""The parts of a question: its options, its gate, and the keys of its kind."""
