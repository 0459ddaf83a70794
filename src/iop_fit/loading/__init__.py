"""Load a `Questionnaire` from YAML nodes, with every problem and its line."""
