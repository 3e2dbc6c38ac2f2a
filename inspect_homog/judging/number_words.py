"""Numbers that are written in words, in digits: "twenty-one", "two thirds", "half a dozen", "nineteenth"."""

import re

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
NUMBER_WORD = "|".join(sorted(_PLAIN, key=len, reverse=True))
"""A regular expression for one word of a number below 100."""

_WORDS = re.compile(
    rf"\b(?:a (?=hundred|thousand|million|billion))?"
    rf"(?:(?:{NUMBER_WORD}|hundred|thousand|million|billion|point)"
    rf"(?:[ -](?:and (?=(?:{NUMBER_WORD})\b))?|\b)){{2,12}}",
    re.I,
)
_FRACTION = re.compile(
    rf"\b({NUMBER_WORD}|[0-9]{{1,3}})[ -]({'|'.join(_PARTS)})s\b|\bone[ -]({'|'.join(_PARTS)})\b", re.I
)
_AND_HALF = re.compile(rf"\b({NUMBER_WORD}|[0-9]{{1,4}}) and a half\b", re.I)
_SINGLE = re.compile(
    r"\b(?:one|a single|a lone)(?= (?:second|minute|hour|day|week|month|year|point)s?\b)|"
    rf"\bone(?=[,–-]\s?(?:{NUMBER_WORD})\b)|(?<=[a-z]–)one\b|(?<=[a-z], )one\b(?=[,;.]|$)",
    re.I,
)
_DOZENS = re.compile(
    rf"\b(?:(half|a|one|{NUMBER_WORD}) )(?:a )?(dozen|score|hundred|thousand|million)\b", re.I
)
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


def in_digits(text: str) -> str:
    """The text with its numbers, fractions and ordinals in digits; "one" only where it counts something."""
    text = _SINGLE.sub(" 1", text)
    text = _AND_HALF.sub(lambda m: f"{value(m[1]) + 0.5:g}", text)
    text = _FRACTION.sub(_fraction, text)
    text = _DOZENS.sub(_dozens, text)
    text = _WORDS.sub(_number, text)
    text = _ORDINAL.sub(_ordinal, text)
    return text


def value(word: str) -> int:
    """The number that digits or one word stand for."""
    return int(word) if word.isdecimal() else _PLAIN[word.lower()]


def _ordinal(match: re.Match[str]) -> str:
    if match[1]:
        return str(_TEENTHS[match[1].lower()])
    if match[4]:
        return str(_TENS[f"{match[4].lower()}y"])
    return str(value(match[2]) + _FIRSTS[match[3].lower()])


def _fraction(match: re.Match[str]) -> str:
    above = value(match[1]) if match[1] else 1
    return f"{above}/{_PARTS[(match[2] or match[3]).lower()]}"


def _dozens(match: re.Match[str]) -> str:
    if match[2].lower() == "score" and match[1].lower() in ("half", "a", "one"):  # of a game
        return match[0]
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
