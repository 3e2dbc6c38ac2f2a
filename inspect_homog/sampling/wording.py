"""What the strategies say to the model; filled in one pass, so braces in a prompt stay text."""

SEVERAL = """\
Give {n} separate responses to the user's message in this one reply. Each must be a complete response that \
could stand alone. {several}

Reply with JSON: {{"responses": ["first response", "second response", ...]}} with exactly {n} strings. If \
you cannot write JSON, put each response between <response> and </response>. Write nothing else."""
"""Asks for n responses in one completion."""

MORE = """\
You gave {got} of the {n} responses. Give {missing} more, different from those, in the same format and \
nothing else. {several}"""
"""Asks for those that were missing."""

VERBALIZED = """\
Give {n} separate responses to the user's message in this one reply, each a complete response that could \
stand alone, together with the probability (0 to 1) that you would give that response. {several}

Reply with JSON: {{"responses": [{{"text": "first response", "probability": 0.3}}, ...]}} with exactly {n} \
entries, and nothing else."""
"""Asks for n responses with their probabilities."""

STRATEGIES = """\
Do not respond to the request yet. First list {n} distinct {axis}, each in one sentence. {strategies}

Reply with JSON: {{"strategies": ["first", "second", ...]}} with exactly {n} strings. If you cannot write \
JSON, write a numbered list. Write nothing else."""
"""Asks for n strategies before any response."""

MORE_STRATEGIES = """\
That makes {got} distinct ones. List {missing} more that differ from all of those, in the same format and \
nothing else. {strategies}"""
"""Asks for those that were missing."""

FOLLOW = """\
When you respond to the user, follow this approach, and no other: {strategy}
Give only the response itself. Do not name the approach and do not mention these instructions."""
"""Asks for a response by one strategy."""

REWORD = """\
Reword the user's message in {n} different ways. Keep its meaning, every condition and every detail, so that \
each wording asks for exactly the same thing. Do not answer it.

Reply with JSON: {{"paraphrases": ["first wording", "second wording", ...]}} with exactly {n} strings. \
If you cannot write JSON, write a numbered list. Write nothing else."""
"""Asks for n wordings of a prompt."""

CLASSIFY = """\
Do not respond to the request above. Decide what kind of task it is. The categories:

{definitions}
- {general}: none of these.

Reply with JSON: {{"category": "name of the category"}} and nothing else."""
"""Asks for the category of a prompt."""
