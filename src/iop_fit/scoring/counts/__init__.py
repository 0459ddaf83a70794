"""Count scored sheets: shares, and what another questionnaire would change."""
