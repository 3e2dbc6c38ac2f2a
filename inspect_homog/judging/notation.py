"""One notation for what short answers write in many: numbers, clock times, signs, symbols, second names.

Text in, text out, in steps that follow one another. The prompt says whether "Fri" may be a day.
"""

import re
from collections.abc import Callable

from .names import (
    ABBREVIATED_DAYS,
    DIE_FACES,
    ELEMENTS,
    GREEK,
    LONG_CARDS,
    SECOND_NAMES,
    STATE_CODES,
)

_SMALL = {
    word: i
    for i, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * i
    for i, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_PLAIN = _SMALL | _TENS
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {
    word: i
    for i, word in enumerate(
        [
            "half",
            "third",
            "quarter",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=2,
    )
}
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|[0-9]{1,2}"
_NUMBER = "|".join(sorted(_PLAIN, key=len, reverse=True))

_TIMED = re.compile(r"\b(?:time|clock|hours?|noon|midnight|when|minutes?)\b|\d:\d\d", re.I)
_DATED = re.compile(r"\b(?:days?|weekdays?|week|weekend|date|dates|when)\b", re.I)
_CHEMICAL = re.compile(r"\b(?:elements?|metals?|gas|gases|chemical|atoms?|atomic|symbols?)\b", re.I)
_SYMBOL_ASKED = re.compile(r"\bsymbol (?:for|of)\b", re.I)
_STATE = re.compile(r"\bstates?\b", re.I)
_LETTERED = re.compile(
    r"\b(?:letters?|vowels?|consonants?|notes?|grade|blood|tile|initial|pronoun|alphabet)\b|\b[A-D], B\b",
    re.I,
)

_BLANKS = re.compile(r"[^\S\n]+")
_BEFORE_POINT = re.compile(r" (?=[.,:;!?)])")
_TITLES = {"St": "Saint", "Mt": "Mount"}
_TITLE = re.compile(r"\b(St|Mt|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Gen|Col|Capt|Rev|Lt)\.(?= )")
_COIN = re.compile(r"\bcoins?\b", re.I)
_SIDES = re.compile(r"\bleft or right\b", re.I)
_DIGITS_ASKED = re.compile(r"\b(?:digits?|pin|code|bits?|binary|bit string|password|combination)\b", re.I)
_SPELLED_DIGITS = re.compile(r"(?<![\d-])\d(?:(?:, ?| |-|–)\d){2,12}(?![\d.])")
_TEENTHS = {
    word: i
    for i, word in enumerate(
        ["thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"],
        start=13,
    )
}
_FIRSTS = {
    word: i
    for i, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], start=1
    )
}
_ORDINAL = re.compile(
    rf"\b(?:({'|'.join(_TEENTHS)})|(\d0|{'|'.join(_TENS)})[ -]({'|'.join(_FIRSTS)})|(twent|thirt|fort|"
    rf"fift)ieth)\b",
    re.I,
)

_LATE = r"(?:p\.?m\b\.?|(?:in the |this )?(?:afternoon|evening)\b|at night\b)"
_EARLY = r"(?:a\.?m\b\.?|in the morning\b)"
_SPOKEN = re.compile(
    rf"\b(half|(?:a )?quarter|[0-9]{{1,2}}|(?:(?:twenty|thirty)[- ])?(?:{_NUMBER}))(?: minutes?)? "
    rf"(past|after|to|before|till) ({_HOURS})\b",
    re.I,
)
_CLOCK = re.compile(rf"\b(\d{{1,2}})(?:[:.](\d\d))?\s*({_LATE}|{_EARLY})|\b(\d{{1,2}}):(\d\d)\b", re.I)
_O_CLOCK = re.compile(rf"\b({_HOURS}) o['’]clock", re.I)

_WORDS = re.compile(
    rf"\b(?:a (?=hundred|thousand|million|billion))?(?:(?:{_NUMBER}|hundred|thousand|million|billion|point)"
    rf"(?:[ -](?:and (?=(?:{_NUMBER})\b))?|\b)){{2,12}}",
    re.I,
)
_FRACTION = re.compile(
    rf"\b({_NUMBER}|[0-9]{{1,3}})[ -]({'|'.join(_PARTS)})s\b|\bone[ -]({'|'.join(_PARTS)})\b", re.I
)
_AND_HALF = re.compile(rf"\b({_NUMBER}|[0-9]{{1,4}}) and a half\b", re.I)
_SINGLE = re.compile(
    r"\b(?:one|a single|a lone)(?= (?:second|minute|hour|day|week|month|year|point)s?\b)|"
    rf"\bone(?=[,–-]\s?(?:{_NUMBER})\b)|(?<=[a-z]–)one\b|(?<=[a-z], )one\b(?=[,;.]|$)",
    re.I,
)
_DOZENS = re.compile(rf"\b(?:(half|a|one|{_NUMBER}) )(?:a )?(dozen|score|hundred|thousand|million)\b", re.I)
_ROMAN = re.compile(r"\b(?=[IVXL]{2,8}\b)(XL|X{0,3})(L?)(IX|IV|V?I{0,3})\b")
_SUM = re.compile(
    r"(?:[\d.,/√]{1,12}\s?(?:×|\*|\+|÷|−|-|x|times|plus|minus)\s?){1,12}[\d.,/]{1,12}\s?(?:=|makes|equals|"
    r"is)\s?"
)

_SIGNS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(?<![\w.)\]])[−–-](?=\d)"), " minus "),
    (re.compile(r"\bnegative (?=\d)", re.I), "minus "),
    (re.compile(r"\bno\.? (?=\d)", re.I), "number "),
    (re.compile(r"\bper cent\b", re.I), "percent"),
    (re.compile(r"\b(?:kilomet(?:er|re)s?|km) (?:an|per) hour\b|\bkm/h\b|\bkph\b", re.I), "kmh"),
    (re.compile(r"\bmiles (?:an|per) hour\b", re.I), "mph"),
    (re.compile(r"(?:°|\bdegrees?) ?(?:c\b|celsius|centigrade)", re.I), " celsius "),
    (re.compile(r"(?:°|\bdegrees?) ?(?:f\b|fahrenheit)", re.I), " fahrenheit "),
    (re.compile(r"(?<=\d) ?k(?=\b)|\bdegrees? kelvin\b", re.I), " kelvin "),
    (re.compile(r"°"), " degrees "),
    (re.compile(r"(?<=\d)(?=[^\W\d_]{1,3}\b)(?!st\b|nd\b|rd\b|th\b)"), " "),
    (re.compile(r"\$\s?(\d[\d,.]*)"), r"\1 dollars "),
    (re.compile(r"€\s?(\d[\d,.]*)"), r"\1 euros "),
    (re.compile(r"£\s?(\d[\d,.]*)"), r"\1 pounds "),
]


def one_notation(text: str, prompt: str) -> str:
    """The text with numbers in digits, clock times as 9:05, and symbols and second names spelled alike."""
    text = _spell_symbols(_BLANKS.sub(" ", text), prompt)
    text = _TITLE.sub(lambda m: _TITLES.get(m[1], m[1]), text)
    if _LETTERED.search(prompt):
        text = re.sub(
            r"(?<![\w'’])([A-Z]|(?<=letter )[a-z]|(?<=vowel )[a-z]|"
            r"(?<=note )[a-z])(?![\w'’])",
            _letter,
            text,
        )
    text = _ROMAN.sub(_roman, text)
    if _TIMED.search(prompt):
        text = _SPOKEN.sub(_spoken_time, text)
        text = _O_CLOCK.sub(lambda m: f"{_hour(m[1])}:00", text)
        text = _CLOCK.sub(_clock_time, text)
    text = _SINGLE.sub(" 1", text)
    text = _AND_HALF.sub(lambda m: f"{_value(m[1]) + 0.5:g}", text)
    text = _FRACTION.sub(_fraction, text)
    text = _DOZENS.sub(_dozens, text)
    text = _WORDS.sub(_number, text)
    text = _ORDINAL.sub(_ordinal, text)
    if _DIGITS_ASKED.search(prompt):
        text = _SPELLED_DIGITS.sub(lambda m: re.sub(r"\D", "", m[0]), text)
    for sign, instead in _SIGNS:
        text = sign.sub(instead, text)
    text = _SUM.sub("", text)
    for name, instead in SECOND_NAMES:
        text = name.sub(instead, text)
    return _BEFORE_POINT.sub("", _BLANKS.sub(" ", text))


def _spell_symbols(text: str, prompt: str) -> str:
    text = LONG_CARDS.sub(lambda m: {"A": "ace ", "K": "king ", "Q": "queen ", "J": "jack "}[m[1]], text)
    for char, name in (GREEK | DIE_FACES).items():
        if char in text:
            text = re.sub(rf"(?<![^\W\d_]){char}(?![^\W_])", f" {name} ", text)
    tables: list[tuple[re.Pattern[str], dict[str, str], str]] = [
        (_CHEMICAL, ELEMENTS, r"\b(?!(?:He|As|Be) [a-z])([A-Z][a-z]?)[2-4₂₃₄]?(?![\w'’])"),
        (_STATE, STATE_CODES, r"\b([A-Z]{2})\b"),
        (_DATED, ABBREVIATED_DAYS, r"\b([A-Z][a-z]{2,4})\b\.?"),
        (_COIN, {"H": "heads", "T": "tails"}, r"\b([HT])\b"),
        (_SIDES, {"L": "left", "R": "right"}, r"\b([LR])\b"),
    ]
    for asked, table, shape in tables:
        if asked.search(prompt) and not (table is ELEMENTS and _SYMBOL_ASKED.search(prompt)):
            text = re.sub(shape, _looked_up(table), text)
    return text


def _looked_up(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: table.get(match[1], match[0])


def _letter(match: re.Match[str]) -> str:
    """A letter that is named; "A" before a small word at a start is an article, "I" mostly a pronoun."""
    after = match.string[match.end() :]
    article = match[1] == "A" and re.match(
        r" (?!is\b|was\b|minor\b|major\b|negative\b|positive\b)(?:[a-z]|[A-Z]\b)", after
    )
    pronoun = match[1] == "I" and re.match(r" [a-z]", after)
    return match[0] if article or pronoun else 3 * match[1].lower()


def _roman(match: re.Match[str]) -> str:
    tens = 40 if match[1] == "XL" else 10 * len(match[1])
    ones = {"IX": 9, "IV": 4}.get(match[3], match[3].count("I") + 5 * match[3].count("V"))
    return match[0] if match[2] and tens else str(tens + 50 * len(match[2]) + ones)


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else _PLAIN[word.lower()]


def _hour(word: str) -> int:
    return {"noon": 12, "midnight": 12}.get(word.lower()) or _value(word)


def _spoken_time(match: re.Match[str]) -> str:
    said, side, hour = match[1].lower(), match[2].lower(), _hour(match[3])
    named = 30 if said == "half" else 15 if "quarter" in said else 0
    minutes = named or sum(map(_value, re.split(r"[- ]", said)))
    total = 60 * hour + (minutes if side in ("past", "after") else -minutes)
    late = match[3].lower() == "noon" and side in ("past", "after")
    return f"{(total // 60 - 1) % 12 + 1}:{total % 60:02d}{' p.m.' if late else ''}"


def _clock_time(match: re.Match[str]) -> str:
    """Twelve hours, and "afternoon" or "forenoon" only where it is known."""
    hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
    said = (match[3] or "").lower()
    late = hour > 12 or bool(said and re.match(_LATE, said))
    half = " afternoon" if late else " forenoon" if said else ""
    return f"{(hour - 1) % 12 + 1}:{minute}{half}"


def _ordinal(match: re.Match[str]) -> str:
    if match[1]:
        return str(_TEENTHS[match[1].lower()])
    if match[4]:
        return str(_TENS[f"{match[4].lower()}y"])
    return str(_value(match[2]) + _FIRSTS[match[3].lower()])


def _fraction(match: re.Match[str]) -> str:
    above = _value(match[1]) if match[1] else 1
    return f"{above}/{_PARTS[(match[2] or match[3]).lower()]}"


def _dozens(match: re.Match[str]) -> str:
    unit = {"dozen": 12, "score": 20}.get(match[2].lower()) or _SCALES[match[2].lower()]
    if unit in _SCALES.values() and match[1].lower() != "half":
        return match[0]
    many = {"half": 0.5, "a": 1}.get(match[1].lower()) or _PLAIN[match[1].lower()]
    return f"{many * unit:g}"


def _number(match: re.Match[str]) -> str:
    """A run of number words in digits: a sum of scales, a year in two halves, or digits after a point."""
    said = re.findall(r"[a-z]+", match[0].lower())
    tail = match[0][len(match[0].rstrip(" -")) :]
    whole, _, decimals = " ".join(said).partition("point")
    if "point" in said and (not whole.strip() or not decimals.strip()):
        return match[0]
    parts = [word for word in whole.split() if word not in ("and", "a")]
    values = _summed(parts)
    if values is None or any(_SMALL.get(word, 10) > 9 for word in decimals.split()):
        return match[0]
    digits = "".join(str(_SMALL[word]) for word in decimals.split())
    return f"{' '.join(map(str, values))}{'.' if digits else ''}{digits}{tail}"


def _summed(words: list[str]) -> list[int] | None:
    """The numbers that a run of words names, mostly one; None for scales with nothing to scale."""
    out: list[int] = []
    total, group, last = 0, 0, 0
    for word in words:
        value = _PLAIN.get(word)
        if value is None:
            scale = _SCALES[word]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, 0
            last = scale
            continue
        century = not total and 10 < group < 100 and value >= 10 and last == group
        fits = not last or last >= 100 or (20 <= last < 100 and value < 10 and last in _TENS.values())
        if century and (group < 20 or group in (20, 21)):
            group = group * 100 + value
        elif fits:
            group += value
        else:
            out.append(total + group)
            total, group = 0, value
        last = value
    return [*out, total + group]
