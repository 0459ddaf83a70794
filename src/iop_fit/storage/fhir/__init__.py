"""Read FHIR responses, and what the form to fill in and its answers have in common."""
