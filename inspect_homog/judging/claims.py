"""What a short response claims, part by part, and how much each part stands for its answer.

"I first thought of X, but it is Y, which is near Z" holds a rejected X, a claimed Y and a Z in passing.
"""

import re
from dataclasses import dataclass

from .answer_text import marked_spans, split_clauses
from .lexicon import FILLER, STOP, canonical_tokens

REJECTED, PASSING, PLAIN, CONCLUDED, PICKED, MARKED = range(6)
"""How a part stands, from what is denied to what is set in bold."""


@dataclass(frozen=True)
class Claim:
    """One part of a response."""

    text: str
    standing: int


_PART = re.compile(
    r"\s+(?=(?:but|yet|although|though|because|since|while|whereas|so|hence|therefore|thus|unlike|rather than|"
    r"instead of|not|never|no|none|than|despite|which|who|whose|where|when|as (?:many|most|some|the|it|they|by|\d)|"
    r"and (?:i|you|it|that|this|we|let|leave)|nobody|(?:is|was|are|were|do|does|did|ca|could|wo|would)n['’]t|cannot|"
    r"i\.e\.|that is|namely|in other words)\b)|:\s+",
    re.I,
)
_PICK = re.compile(
    r"\b(?:i|we|let me|let['’]s|let us|you)(?:['’]ll|['’]d|['’]ve| will| would)?(?: (?:just|rather|then|have|still))?"
    r" (?:say|pick(?:ed)?|choose|chosen?|select(?:ed)?|go(?:ing)? (?:with|for)|take|took|put forward|suggest|propose|"
    r"settle (?:on|for)|stay with|stick (?:with|to)|drew|drawn?|draw|rolled|got|get|guess(?:ed)?|accuse|throw|tick|"
    r"recommend|nominate|vote for|opt for)\b|\b(?:answer|result|pick|choice|outcome|winner|sum|total|rest)(?:['’]s| is|"
    r" was|:)|\b(?:lands?|landed|falls|fell|stops?|stopped|points?|settles?|comes? to rest) (?:on|at|to|over)\b|"
    r"\bwins?\b|\bis what i\b|\bis my\b|\bmy vote\b|\bit is[.!]?$|^(?:tick|lift|take|head|pack) ",
    re.I,
)
_CONCLUSION = re.compile(
    r"^(?:(?:and )?so|hence|therefore|thus|i\.e\.|that is,?|namely|in other words|in short|then|consequently|"
    r"(?:and )?(?:you|we)(?:['’](?:ve|ll))? (?:get|got|have)|that (?:leaves|makes|gives)|in fact|actually|rather)\b",
    re.I,
)
_TURN = re.compile(r"^(?:but|yet|however|instead|no)\b", re.I)
_PASSING = re.compile(
    r"^(?:because|since|as|while|whereas|although|though|after|before|with|when|where|which|who|whose|if|until|like|"
    r"such as|according|despite|given|having|being|standing|even|in case|known|for|to|followed|beaten|defeated|governed|"
    r"just (?:north|south|east|west|above|below)|once|only|both|at|on|near|next|right|by|from|in|of|during|under|"
    r"along|beyond|formerly|previously|surely|sorry|about|around)\b",
    re.I,
)
_DESCRIBES = re.compile(
    r"^(?:well,? |probably |it['’]s )?(?:the (?:one|same|man|woman|person|thing|country|nation|state|city|animal|"
    r"colou?r|only|number|side|land|realm|beast|little|old|great|tragedy|ballad|physicist|metal)\b|what\b|whoever\b|"
    r"whichever\b|that (?!['’]?s\b|is\b|was\b|would\b|makes\b|leaves\b|gives\b)\w+|something\b|of the\b|as seen\b|one of\b)",
    re.I,
)
_LEADS = re.compile(
    r"\b(?:first (?:thought|guess|idea|instinct)|about to say|(?:springs?|comes?|came) to mind|might try|"
    r"considered|thought of|thought i['’]d|bet you|(?:came|come|so|very) (?:close|near)|close to|almost|nearly|"
    r"(?:have|has|had) to wait|maybe next time|tempted|people (?:say|think|believe)|many (?:say|think|believe)|"
    r"often (?:mistaken|confused)|used to be|is what (?:every|no|any|most|many)\w*|is an example|for (?:next|another) "
    r"(?:year|time|day)|alone|gather dust|nowhere near|far from|(?:is|was) (?:plain |simply |quite )?wrong|"
    r"not the|comes? (?:second|third|later|after)|came (?:second|third|later|after)|leave the)\b",
    re.I,
)
_DENIAL = re.compile(
    r"^(?:(?:and|but|yet|so) )?(?:not(?! only| just| until| before)|never|unlike|rather than|instead of|than|neither|"
    r"none|nobody|cannot|\w{2,6}n['’]t)\b",
    re.I,
)
_NEGATIVE = re.compile(r"\b(?:not|no|never|cannot|without|except|doesn['’]t|isn['’]t|can['’]t|aren['’]t)\b", re.I)


def read_claims(text: str, prompt: str = "") -> list[Claim]:
    """The parts of a response in their order, each with its standing; what is set in bold comes again, marked."""
    denies = bool(_NEGATIVE.search(prompt))
    found: list[Claim] = [Claim(span, MARKED) for span in marked_spans(text)]
    for clause in split_clauses(text):
        for i, part in enumerate(part.strip(" ,:") for part in _PART.split(clause)):
            if not part:
                continue
            standing = _standing(part, denies)
            last = found[-1].standing if found else PLAIN
            if standing == PLAIN and _TURN.match(part):
                standing = CONCLUDED if last == REJECTED else PASSING
            if standing == REJECTED and i and not _says_something(part) and not denies:
                found[-1] = Claim(found[-1].text, REJECTED)
            found.append(Claim(part, standing))
    return found


def _standing(part: str, denies: bool) -> int:
    if _LEADS.search(part) or (not denies and _DENIAL.match(part)):
        return REJECTED
    if _PICK.search(part):
        return PICKED
    if _CONCLUSION.match(part):
        return CONCLUDED
    return PASSING if _PASSING.match(part) or _DESCRIBES.match(part) or _DENIAL.match(part) else PLAIN


def _says_something(part: str) -> bool:
    return any(token not in STOP and token not in FILLER for token in canonical_tokens(part))
