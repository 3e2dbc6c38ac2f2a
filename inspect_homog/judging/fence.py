"""How a grader is shown text that may imitate anything, and how JSON is taken out of its reply.

Each text stands between lines that carry a nonce derived from all of them, which none of them can contain.
"""

import hashlib
from collections.abc import Sequence

MAX_CHARS = 50_000
"""Longest text shown whole; of a longer one the grader sees this much and is told of the cut."""

_FENCE = "```"


def nonce(texts: Sequence[str]) -> str:
    """A code that none of the texts contains, the same for the same texts, so that caches still work."""
    digest = hashlib.sha256()
    for text in texts:
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    while any((code := digest.hexdigest()[:16]) in text for text in texts):
        digest.update(b"again")
    return code


def fenced(label: str, text: str, code: str) -> str:
    """The text between a BEGIN and an END line that carry the label and the code."""
    shown = text
    if len(text) > MAX_CHARS:
        shown = f"{text[:MAX_CHARS]}\n[cut by the evaluator: {len(text) - MAX_CHARS} more characters]"
    return f"----- BEGIN {label} {code} -----\n{shown}\n----- END {label} {code} -----"


def bare_json(reply: str) -> str:
    """The reply without the one code block that may surround all of it."""
    first, _, rest = reply.strip().partition("\n")
    body = rest.removesuffix(_FENCE)
    # No pattern: a reply of many blank lines would take one that looks for both fences minutes.
    if (
        first.strip() not in (_FENCE, f"{_FENCE}json")
        or body == rest
        or not body.rstrip(" \t").endswith("\n")
    ):
        return reply
    return body.rstrip()
