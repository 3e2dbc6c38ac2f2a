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
from .number_words import NUMBER_WORD, in_digits, value

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|[0-9]{1,2}"
_TIMED = re.compile(r"\b(?:time|clock|hours?|noon|midnight|when|minutes?)\b|\d:\d\d", re.I)
_DATED = re.compile(r"\b(?:days?|weekdays?|week|weekend|date|dates|when)\b", re.I)
_CHEMICAL = re.compile(r"\b(?:elements?|metals?|gas|gases|chemical|atoms?|atomic|symbols?)\b", re.I)
_SYMBOL_ASKED = re.compile(r"\bsymbol (?:for|of)\b", re.I)
_STATE = re.compile(r"\bstates?\b", re.I)
_LETTERED = re.compile(
    r"\b(?:letters?|vowels?|consonants?|notes?|grade|blood|tile|initial|pronoun|alphabet)\b|\b[A-D], B\b",
    re.I,
)

_AMOUNT_ASKED = re.compile(r"\bhow (?:many|long|much|often)\b", re.I)
_SAME_LETTERS = str.maketrans("ſıİ", "siI")
"""Letters that patterns take for others when they ignore case, where dictionaries do not."""
_NO_ZERO = re.compile(r"(?<![\w.])\.(?=\d)")
_BLANKS = re.compile(r"[^\S\n]+")
_BEFORE_POINT = re.compile(r" (?=[.,:;!?)])")
_TITLES = {"St": "Saint", "Mt": "Mount"}
_TITLE = re.compile(r"\b(St|Mt|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Gen|Col|Capt|Rev|Lt)\.(?= )")
_COIN = re.compile(r"\bcoins?\b", re.I)
_SIDES = re.compile(r"\bleft or right\b", re.I)
_DIGITS_ASKED = re.compile(r"\b(?:digits?|pin|code|bits?|binary|bit string|password|combination)\b", re.I)
_SPELLED_DIGITS = re.compile(r"(?<![\d-])\d(?:(?:, ?| |-|–)\d){2,12}(?![\d.])")
_LATE = r"(?:p\.?m\b\.?|(?:in the |this )?(?:afternoon|evening)\b|at night\b)"
_EARLY = r"(?:a\.?m\b\.?|in the morning\b)"
_SPOKEN = re.compile(
    rf"\b(half|(?:a )?quarter|[0-9]{{1,2}}|(?:(?:twenty|thirty)[- ])?(?:{NUMBER_WORD}))(?: minutes?)? "
    rf"(past|after|to|before|till) ({_HOURS})\b"
    r"(?! ?(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?)\b)",
    re.I,
)
_CLOCK = re.compile(rf"\b(\d{{1,2}})(?:[:.](\d\d))?\s*({_LATE}|{_EARLY})|\b(\d{{1,2}}):(\d\d)\b", re.I)
_O_CLOCK = re.compile(rf"\b({_HOURS}) o['’]clock", re.I)

_ROMAN = re.compile(r"\b(?=[IVXL]{2,8}\b)(XL|X{0,3})(L?)(IX|IV|V?I{0,3})\b")
_SUM = re.compile(
    r"(?:[\d.,/√]{1,12}\s?(?:×|\*|\+|÷|−|-|x|times|plus|minus)\s?){1,12}[\d.,/]{1,12}\s?(?:=|makes|equals|"
    r"is)\s?"
)

_CURRENCIES = {r"\$": "dollars", "€": "euros", "£": "pounds"}
_LETTER_SCALE = re.compile(r"(?<=[$€£])(\s?\d+(?:[.,]\d+)*)\s?(?:(k)|(m|mn)|(b|bn))\b", re.I)
_AMOUNT = r"(\d+(?:[.,]\d+)*(?: (?:hundred|thousand|million|billion|trillion)\b)?)"
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
    *((re.compile(rf"{sign}\s?{_AMOUNT}"), rf"\1 {name} ") for sign, name in _CURRENCIES.items()),
]


def one_notation(text: str, prompt: str) -> str:
    """The text with numbers in digits, clock times as 9:05, and symbols and second names spelled alike."""
    text = _spell_symbols(_BLANKS.sub(" ", text).translate(_SAME_LETTERS), prompt)
    text = _NO_ZERO.sub("0.", text)
    text = _LETTER_SCALE.sub(_scaled, text)
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
        if not _AMOUNT_ASKED.search(prompt):
            text = _SPOKEN.sub(_spoken_time, text)
        text = _O_CLOCK.sub(lambda m: f"{_hour(m[1])}:00", text)
        text = _CLOCK.sub(_clock_time, text)
    text = in_digits(text)
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


def _scaled(match: re.Match[str]) -> str:
    return f"{match[1]} {'thousand' if match[2] else 'million' if match[3] else 'billion'}"


def _roman(match: re.Match[str]) -> str:
    if not match[0]:
        return ""
    tens = 40 if match[1] == "XL" else 10 * len(match[1])
    ones = {"IX": 9, "IV": 4}.get(match[3], match[3].count("I") + 5 * match[3].count("V"))
    return match[0] if match[2] and tens else str(tens + 50 * len(match[2]) + ones)


def _hour(word: str) -> int:
    return {"noon": 12, "midnight": 12}.get(word.lower()) or value(word)


def _spoken_time(match: re.Match[str]) -> str:
    said, side, hour = match[1].lower(), match[2].lower(), _hour(match[3])
    named = 30 if said == "half" else 15 if "quarter" in said else 0
    minutes = named or sum(map(value, re.split(r"[- ]", said)))
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
