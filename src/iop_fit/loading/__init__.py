"""From YAML nodes to a `Questionnaire`, with every problem and its line."""
