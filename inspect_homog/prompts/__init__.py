"""What is asked: the bundled prompts, the paper's sources and the user's own files."""
