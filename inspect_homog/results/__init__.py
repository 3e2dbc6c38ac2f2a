"""After the run: what can be read from logs."""
