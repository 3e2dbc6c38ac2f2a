"""Same or different? Judges, and what follows from their verdicts."""
