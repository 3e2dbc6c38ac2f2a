"""Responses that exist already: read from the files of NoveltyBench, lm-eval, Inspect, or plain JSONL."""
