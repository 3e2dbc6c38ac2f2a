"""Which side a response takes on a question of yes or no, and whether it declines to answer."""

import re

from .answer_text import marked_spans, split_clauses
from .lexicon import COMPARED, NEGATORS, OPPOSITES, REFUSAL, canonical_tokens

_ASKS = re.compile(
    r"(?:^|[.!?\n][^\S\n]*|,\s)(?:is|are|was|were|do|does|did|has|have|had|should|"
    r"(?:can|could|will|would)(?! you\b))\b"
    r"[^.!?\n]{0,500}\?|\byes or no\b",
    re.I,
)
_YES = re.compile(
    r"^(?:yes|yep|yeah|yup|correct|(?:indeed|certainly|absolutely|definitely|of course)(?! not\b)|sure|"
    r"true|right|affirmative|"
    r"that['’]?s (?:true|right|correct)|that is (?:true|right|correct)|"
    r"(?:it|they|he|she|there|that)(?:['’]s| is| are| does| do| did| was| were| has| have| can| will)"
    r"(?=[.,;:!]|$)(?!['’]))",
    re.I,
)
_NO = re.compile(
    r"^(?:(?:most )?(?:indeed|certainly|absolutely|definitely|of course) not|"
    r"no|nope|nah|wrong|false|incorrect|negative|never|not (?:at all|really|quite|so|true|any ?more)|"
    r"hardly|by no means|"
    r"that['’]?s (?:false|wrong|incorrect|a myth)|that is (?:false|wrong|incorrect|a myth)|"
    r"(?:it|they|he|she|there|that)(?:['’]s| is| are)? (?:is|are|do|does|did|was|were|has|have|ca|can|wo)?"
    r"(?:n['’]t| ?not)(?=[.,;:!]|$))\b",
    re.I,
)
_LATE_YES = re.compile(
    r"[,:] yes[.!]*$|\b(?:be|is) affirmative\b|\bsays? (?:yes|affirmative)\b|\bso yes\b", re.I
)
_LATE_NO = re.compile(
    r"[,:] (?:but )?no[.!]*$|"
    r"\b(?:be|is) negative\b|\bsays? (?:no|negative)\b|\bso no\b|\bis a myth\b|\bfails? to\b",
    re.I,
)
_NEITHER = re.compile(
    r"\b(?:it depends|depends on|both|equal(?:ly)?|neither|the same (?:speed|size|age|height)|exactly as|"
    r"(?:not|n['’]t|hasn['’]t) (?:yet )?been (?:decided|settled)|yet to be (?:decided|settled)|partly|"
    r"in part|sometimes)\b",
    re.I,
)
_DECLINES = re.compile(
    r"\b(?:(?:could|can)(?:n['’]t| ?not) (?:really |honestly )?(?:tell|say|answer|produce|decide|judge)|"
    r"hard to (?:say|tell)|"
    r"no (?:reliable )?(?:idea|information|clue|way to (?:tell|know))|(?:up|leave that|leave it) to you|"
    r"not (?:certain|able to)|"
    r"not something i (?:am able|can)|(?:won['’]t|will not|rather not) (?:name|choose|pick|say|give|guess|"
    r"take)|"
    r"i['’]d rather (?:leave|not)|not something i take part|have no (?:coin|dice|die|deck|cards?)|"
    r"beats me|who knows)\b",
    re.I,
)
_ANYWAY = re.compile(
    r"\b(?:i['’]ll|i will (?!not)|i pick|i choose|if i had to|my (?:best )?guess|(?:but|still|"
    r"though),? (?:i (?:think|believe|"
    r"say|will give|guess)|it['’]?s|it is|it was|my|here|let))\b",
    re.I,
)


def asks_yes_no(prompt: str) -> bool:
    """Whether a prompt can be answered by yes or no, and offers no other options."""
    return bool(_ASKS.search(prompt)) and (
        "yes or no" in prompt.lower() or not re.search(r"\bor\b", prompt, re.I)
    )


def read_stance(text: str, prompt: str) -> str:
    """`yes`, `no`, or `neither`."""
    start = re.sub(r"^[\W_]+", "", text)
    for late, side in ((_LATE_YES, "yes"), (_LATE_NO, "no")):
        if late.search(text.strip()):
            return side
    if _YES.match(start):
        return "yes"
    if _NO.match(start):
        return "no"
    if _NEITHER.search(text):
        return "neither"
    first = set(canonical_tokens(split_clauses(text)[0]))
    asked = set(canonical_tokens(prompt))
    negated = not first.isdisjoint(NEGATORS)
    contrary = any((OPPOSITES.get(w, set()) | COMPARED.get(w, set())) & asked for w in first - asked)
    return "no" if negated != contrary else "yes"


def declines(text: str) -> bool:
    """Whether a response declines to answer, and names nothing afterwards that it marks or picks."""
    found = REFUSAL.search(text) or _DECLINES.search(text)
    if not found:
        return False
    later = text[found.end() :]
    return not marked_spans(later) and not _ANYWAY.search(later)
