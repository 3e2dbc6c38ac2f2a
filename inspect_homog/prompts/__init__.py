"""What is asked: the bundled prompts and the user's own files."""
