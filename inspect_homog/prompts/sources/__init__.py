"""The paper's six sources of prompts (section 6): one file a source, each row checked field by field."""
