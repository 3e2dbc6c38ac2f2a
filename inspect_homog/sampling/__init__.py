"""How responses are drawn: one solver per file, all of which fill the same `ResponseSet`."""
