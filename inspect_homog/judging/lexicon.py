"""Word lists of the embedded judge, and the tokens built on them: folded, stemmed, numbers as digits."""

import re
from functools import lru_cache

from ..languages import fold


def _words(text: str) -> list[str]:
    return text.split()


def groups(text: str) -> list[list[str]]:
    """Groups of words: "a b | c d"."""
    return [group.split() for group in text.split("|")]


STOP = frozenset(
    _words("""
    a an the and or but if then else of to in on at by for with from as is are was were be been being am do
    does did done have has had having i you he she it we they me him her us them my your his its our their
    mine yours this that these those there here what which who whom whose when where why how not no nor so
    than too very can could will would shall should may might must just also into over under about above
    below up down out off again further once more most some such only own same other any each few all both
    between through during before after while because until against s t don isn aren wasn weren doesn didn
    won ll ve re d m let one like
    """)
)
"""Function words: they carry no content of their own."""

FILLER = frozenset(
    _words("""
    pick choose chose chosen select selection selected random randomly randomize roll land flip toss draw
    drew drawn spin spun guess answer reply response result outcome final choice option example instance
    suggestion suggest recommend recommendation consider try name named call number say said go get
    got gotten think thought believe imagine imaginary pretend make-believe virtual generate provide offer
    share give given know well-known famous popular common classic iconic notable prominent renowned
    beautiful lovely nice great good delicious wonderful amazing fantastic simple simply probably definitely
    actually really currently officially generally typically often usually commonly correct exact
    exactly approximately roughly around nearly almost circa sure certainly okay ok alright yes well now
    today please hello hi hey fun favorite come show turn mr mrs ms dr sir mount mt called known refer
    considered located found find widely highly single specific particular official short possible
    perhaps maybe something thing kind type sort feel seem look want best love enjoy much many lot way use
    used happen became become work time
    """)
)
"""Words of small talk and praise around a short answer; stems, never the answer itself."""

PRELUDES = frozenset(
    _words("""
    after with since because if for when while having as let drum shuffling rolling drawing flipping
    spinning tossing picking choosing thinking closing reaching based given although though before okay ok
    alright well sure happy great
    """)
)
"""First words of a clause that leads up to the answer."""

GLUE = frozenset(_words("of the de la le van von di da del al el bin and"))
"""Words that may stand inside one name or one compound."""

HEDGES = re.compile(r"\b(?:or|either)\b", re.IGNORECASE)
"""Marks of an answer that leaves several candidates open."""

REFUSAL = re.compile(
    r"\b(?:i(?:['’]m| am) (?:sorry|unable|not able|not sure|afraid)|as an ai|no (?:idea|answer)|"
    r"i (?:can(?:['’]t|not| not)|do(?:n['’]t| not) (?:know|have)|could(?:n['’]t| not)|won['’]t)|"
    r"(?:cannot|can['’]t) (?:answer|say|help|tell|determine|pick|choose))\b",
    re.IGNORECASE,
)
"""Words of somebody who does not answer."""

ALIASES = {
    word: group[0]
    for group in groups("""
    america usa us | britain uk | grey gray | netherlands holland | burma myanmar | bike bicycle | tv
    television | plane airplane aeroplane | phone telephone | photo photograph | percent pct | fall autumn |
    jan january | feb february | mar march | apr april | jun june | jul july | aug august | sep sept
    september | oct october | nov november | dec december | okay ok | soccer football
    """)
    for word in group
}
"""A few everyday second names, each to the first of its group."""

_PHRASES = {
    r"united states(?: of america)?": "usa",
    r"u\.s\.(?:a\.)?": "usa",
    r"united kingdom|great britain|u\.k\.": "uk",
    r"can(?:no|['’])t": "can not",
    r"new york city": "nyc",
}
_PHRASE = [(re.compile(rf"(?<!\w)(?:{old})(?!\w)"), new) for old, new in _PHRASES.items()]
_SYMBOLS = str.maketrans(
    {
        "%": " percent ",
        "♥": " hearts ",
        "♠": " spades ",
        "♦": " diamonds ",
        "♣": " clubs ",
        "-": " ",
        "’": "'",
    }
)

_UNITS = {
    word: i
    for i, word in enumerate(
        _words("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """)
    )
}
_TENS = {
    word: 10 * i
    for i, word in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {
    word: i
    for i, word in enumerate(
        _words("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), 3
    )
}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xii": "12"}


NEGATORS = frozenset(_words("not no never none neither nor without"))
"""Words that turn a statement round."""

_OPPOSITE_PAIRS = groups("""
    more less | increase decrease | increases decreases | rise fall | rises falls | higher lower | up down |
    before after | always never | start stop | begin end | open close | open closed | true false | yes no |
    buy sell | keep quit | accept reject | accept decline | best worst | better worse | good bad | hot cold
    | warm cool | left right | above below | first last | early late | allow forbid | safe dangerous | agree
    disagree | support oppose | gain lose | win lose | fast slow | heads tails | odd even | red black |
    positive negative | north south | east west | maximum minimum | stay leave | rent buy | save spend |
    public private | legal illegal | possible impossible | healthy unhealthy
    """)
OPPOSITES: dict[str, set[str]] = {}
"""For each word, the words that say the contrary."""
for _x, _y in _OPPOSITE_PAIRS:
    OPPOSITES.setdefault(_x, set()).add(_y)
    OPPOSITES.setdefault(_y, set()).add(_x)

COMPARED: dict[str, set[str]] = {}
"""For each comparative, those that compare the other way round."""
for _x, _y in groups("""
    larger smaller | bigger smaller | faster slower | older younger | longer shorter | taller shorter |
    heavier lighter | farther nearer | deeper shallower | wider narrower | richer poorer | stronger weaker
    | brighter dimmer | earlier later | hotter colder | warmer cooler | closer farther
"""):
    COMPARED.setdefault(_x, set()).add(_y)
    COMPARED.setdefault(_y, set()).add(_x)

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+\d*")
_ORDINAL_END = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTHS = _words("january february march april may june july august september october november december")


def is_number(token: str) -> bool:
    """Whether a canonical token is a number."""
    return token[:1].isdigit()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cheap suffix stripping in lower case, enough to join "dog" and "dogs"."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) > 3 and not word.endswith("ss"):
        for suffix, instead in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                return word[: -len(suffix)] + instead
    return word


_SUFFIXES = (("ies", "y"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""))


@lru_cache(maxsize=20_000)
def canonical_tokens(text: str) -> tuple[str, ...]:
    """Tokens without case and accents; number words, ordinals and ISO dates become digits, "n't" "not".

    A lone "one" stays a word, since it is a pronoun more often than a number.
    """
    text = fold(text).translate(_SYMBOLS | {ord("-"): "-"}).lower()
    text = _ISO_DATE.sub(_spelled_date, text).replace("-", " ")
    for old, new in _PHRASE:
        text = old.sub(new, text)
    text = _ORDINAL_END.sub("", re.sub(r"n't\b", " not", text))
    out: list[str] = []
    last = ""
    for token in _TOKEN.findall(text):
        small = _UNITS.get(token)
        if last in _TENS and small is not None and 0 < small < 10:
            out[-1] = str(int(out[-1]) + small)
        elif token in _TENS:
            out.append(str(_TENS[token]))
        elif small is not None and token != "one":
            out.append(str(small))
        elif token in _SCALES and out and (out[-1] in ("one", "a") or is_number(out[-1])):
            out[-1] = _scaled(out[-1], _SCALES[token])
        elif token in _ORDINALS:
            out.append(str(_ORDINALS[token]))
        elif token in _ROMAN:
            out.append(_ROMAN[token])
        else:
            out.append(re.sub(r"(?<=\d),(?=\d{3})", "", token))
        last = token
    return tuple(out)


def _spelled_date(match: re.Match[str]) -> str:
    year, month, day = (int(part) for part in match.groups())
    return f"{day} {_MONTHS[month - 1]} {year}" if 1 <= month <= 12 else match.group()


def _scaled(number: str, scale: int) -> str:
    try:
        return f"{float(number if is_number(number) else 1) * scale:.10g}"
    except ValueError:
        return number


MEASURES = {
    stem(word): (kind, float(factor))
    for kind, factor, *names in groups("""
    length 1 m meter meters metre metres | length 0.01 cm centimeters centimetres | length 1000 km kms
    kilometers kilometres kilometer kilometre | length 0.3048 ft foot feet | length 0.0254 inch inches |
    length 1609.344 mile miles mi | mass 1 kg kilogram kilograms kilos | mass 0.001 g gram grams | mass
    0.45359 lb lbs pound pounds | mass 1000 ton tons tonne tonnes | time 1 second seconds | time 60 minute
    minutes | time 3600 hour hours | time 86400 day days | time 604800 week weeks | volume 1 l liter liters
    litre litres | volume 3.785 gallon gallons |
    speed 0.27778 kmh | speed 0.44704 mph | angle 0.0174533 degree degrees | angle 1 radian radians
    """)
    for word in names
}
"""Kind of a unit of measure, by its stem, and how many base units it holds."""
