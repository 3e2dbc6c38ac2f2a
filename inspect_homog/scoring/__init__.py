"""The numbers: one scorer per file, over pure functions in `measures`."""
