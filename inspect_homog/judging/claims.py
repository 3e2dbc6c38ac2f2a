"""What a short response claims, part by part, and how much each part stands for its answer.

"I first thought of X, but it is Y, which is near Z" holds a rejected X, a claimed Y and a Z in passing.
"""

import re
from dataclasses import dataclass

from .answer_text import NARROW_LABEL, marked_spans, split_clauses
from .lexicon import FILLER, STOP, canonical_tokens

REJECTED, PASSING, PLAIN, CONCLUDED, PICKED, MARKED = range(6)
"""How a part stands, from what is denied to what is set in bold."""


SHORT = 4
"""Words up to which what follows a colon is the answer that the words before it lead up to."""


@dataclass(frozen=True)
class Claim:
    """One part of a response."""

    text: str
    standing: int


_PART = re.compile(
    r"\s+(?=(?:but|yet|although|though|because|since|while|whereas|so|hence|therefore|thus|unlike|"
    r"rather than|"
    r"instead of|not|never|no|none|than|despite|which|who|whose|where|when|until|unless|if|as (?:many|"
    r"most|some|the|it|they|by|\d)|"
    r"and (?:i|you|it|that|this|we|let|leave)|nobody|(?:is|was|are|were|do|does|did|ca|could|wo|"
    r"would)n['’]t|cannot|"
    r"i\.e\.|that is,|namely|in other words)\b)|:\s+",
    re.I,
)
_PICK = re.compile(
    r"\b(?:i|we|let me|let['’]s|let us|you)(?:['’]ll|['’]d|['’]ve| will| would)?(?: (?:just|rather|then|"
    r"have|still))?"
    r" (?:say|pick(?:ed)?|choose|chosen?|select(?:ed)?|go(?:ing)? (?:with|for)|take|took|put forward|"
    r"suggest|propose|"
    r"settle (?:on|for)|stay with|stick (?:with|to)|drew|drawn?|draw|rolled|got|get|guess(?:ed)?|accuse|"
    r"throw|tick|"
    r"recommend|nominate|vote for|opt for)\b|\b(?:answer|result|pick|choice|outcome|winner|sum|total|"
    r"rest)(?:['’]s| is|"
    r" was|:)|\b(?:lands?|landed|falls|fell|stops?|stopped|points?|settles?|comes? to rest) (?:on|at|to|"
    r"over)\b|"
    r"\bwins?\b|\bis what i\b|\bis my\b|\bmy vote\b|\bit is[.!]?$|^(?:tick|lift|take(?! off| away)|head) ",
    re.I,
)
_AFTERWARDS = re.compile(r"wins?|is what i|is my|my vote|it is", re.I)
"""Cues that follow what is picked."""
_CONCLUSION = re.compile(
    r"^(?:(?:and )?so(?! (?:do|does|did|is|are|was|were|has|have|can)\b)|hence|therefore|thus|i\.e\.|"
    r"that is,|namely|in other words|in short|consequently|(?:better |commonly )?known as|"
    r"(?:and )?(?:you|we)(?:['’](?:ve|ll))? (?:get|got|have)|that (?:leaves|makes|gives)|in fact|"
    r"actually)\b",
    re.I,
)
_COLON = re.compile(r":\s")
_TURN = re.compile(r"^(?:but|yet|however|instead|no)\b", re.I)
_PASSING = re.compile(
    r"^(?:because|since|as|while|whereas|although|though|after|before|with|when|where|which|who|whose|if|"
    r"unless|until|"
    r"like|such as|according|despite|given|having|being|standing|even|in case|known|followed|beaten|"
    r"defeated|governed|"
    r"just (?:north|south|east|west|above|below)|once|formerly|previously|surely|sorry|"
    r"(?:\w+ ){1,3}(?:before|after|ago))\s",
    re.I,
)
_PLACED = re.compile(
    r"^(?:at|on|in|by|to|for|of|from|near|next|right|during|under|along|beyond|about|around|both|only)\s",
    re.I,
)
_DESCRIBES = re.compile(
    r"^(?:well,? |probably |it['’]s )?(?:the (?:one|same|man|woman|person|thing|country|nation|state|city|"
    r"animal|"
    r"colou?r|only|number|side|land|realm|beast|little|old|great|tragedy|ballad|physicist|metal)\b|what\b|"
    r"whoever\b|"
    r"whichever\b|that (?!['’]?s\b|is\b|was\b|would\b|makes\b|leaves\b|gives\b)\w+|something\b|of the\b|"
    r"as seen\b|one of\b)",
    re.I,
)
_LEADS = re.compile(
    r"\b(?:first (?:thought|guess|idea|instinct)|(?:about|going|wanted|meant) to (?:say|pick|choose|go)|"
    r"(?:springs?|comes?|came) to mind|might try|"
    r"considered|thought of|thought i['’]d|bet you|(?:came|come|so|very) (?:close|near)|close to|almost|"
    r"nearly|"
    r"(?:have|has|had) to wait|maybe next time|tempted|people (?:\w+ )?(?:say|think|believe)|"
    r"many (?:\w+ )?(?:say|think|believe)|"
    r"often (?:mistaken|confused)|used to be|is what (?:every|no|any|most|many)\w*|is an example|"
    r"for (?:next|another) "
    r"(?:year|time|day)|alone|nowhere near|far from|(?:is|was) (?:plain |simply |quite )?wrong|"
    r"not the|misconceptions?|commonly (?:assumed|thought|mistaken)|you (?:might|may|could) (?:think|"
    r"expect|guess|say)|"
    r"some (?:\w+ )?(?:say|think|claim|believe)|contrary to|not to be confused|runners?-up|close second|"
    r"narrowly|just missed|"
    r"passed over|ruled? out|were it not|was my first|sounds? like|comes? (?:second|third|later|after)|"
    r"came (?:second|third|later|after)|leave the)\b",
    re.I,
)
_DENIAL = re.compile(
    r"^(?:(?:and|but|yet|so) )?(?:not(?! only| just| until| before)|never|unlike|rather than|instead of|"
    r"than|neither|"
    r"none|nobody|cannot|\w{2,6}n['’]t)\b",
    re.I,
)
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|cannot|without|except|doesn['’]t|isn['’]t|can['’]t|aren['’]t)\b", re.I
)


def read_claims(text: str, prompt: str = "") -> list[Claim]:
    """The parts of a response in their order, each with its standing; what is bold comes again, marked."""
    denies = bool(_NEGATIVE.search(prompt))
    found: list[Claim] = [Claim(span, MARKED) for span in marked_spans(text) or _shouted(text, prompt)]
    for clause in split_clauses(text, NARROW_LABEL):
        for i, part in enumerate(part.strip(" ,:") for part in _PART.split(clause)):
            if not part:
                continue
            standing = _standing(part, denies, not found)
            last = found[-1].standing if found else PLAIN
            if standing == PLAIN and _TURN.match(part):
                standing = CONCLUDED if last == REJECTED else PASSING
            if standing == REJECTED and i and not _says_something(part) and not denies:
                found[-1] = Claim(found[-1].text, REJECTED)
            said = _picked(part) if standing == PICKED else part
            late = standing == PLAIN and len(part.split()) <= SHORT < len(clause.split(":")[0].split())
            found.append(Claim(said, CONCLUDED if late and _COLON.search(clause) else standing))
    return found


def _picked(part: str) -> str:
    """What is picked: the words after the cue, or before it ("green wins")."""
    cue = _PICK.search(part)
    if not cue:
        return part
    sides = [part[cue.end() :], part[: cue.start()]]
    if _AFTERWARDS.match(cue[0]):
        sides.reverse()
    return next((side for side in sides if _says_something(side)), part)


def _shouted(text: str, prompt: str) -> list[str]:
    """Words in capitals among others, but for the prompt's."""
    found = [word for word in re.findall(r"\b[A-Z]{4,20}\b", text) if word not in prompt]
    return found[:1] if re.search("[a-z]{2}", text) else []


def _standing(part: str, denies: bool, first: bool) -> int:
    if _LEADS.search(part) or (not denies and _DENIAL.match(part)):
        return REJECTED
    if _PICK.search(part):
        return PICKED
    if _CONCLUSION.match(part):
        return CONCLUDED
    aside = _PASSING.match(part) or _DESCRIBES.match(part) or _DENIAL.match(part)
    return PASSING if aside or (not first and _PLACED.match(part)) else PLAIN


def _says_something(part: str) -> bool:
    return any(token not in STOP and token not in FILLER for token in canonical_tokens(part))
