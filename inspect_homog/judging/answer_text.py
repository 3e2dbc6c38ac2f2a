HEAD
_MARKED = re.compile(r"\*\*([^*\n]{1,80})\*\*|[\"“]([^\"“”\n]{1,60})[\"”]")
_CLAUSE_END = re.compile(r"(?<=[^\s.][^\s.])[.!?…]+(?=\s|$)|[;\n()—–]|\s-\s|,(?!\d{3}\b)(?!\s*\d{4}\b)")
_OPTIONS = re.compile(r"\bor\b|,[^,]*,|\b(?:from|among|between)\b[^.?!]*,")


@dataclass(frozen=True)
class Found:
    """The answer of one response."""

    tokens: tuple[str, ...]
    """Content tokens of the clause that holds it, in order."""

    names: frozenset[str]
    """Those written with a capital."""

    inside: frozenset[tuple[str, str]]
    """Neighbours within one compound or name: ("blue", "whale")."""

    rest: frozenset[str]
    """Content tokens of the whole response."""

    hedged: bool
    """Whether the clause leaves several candidates open."""

    denied: bool
    """Whether the clause is negated."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Number tokens of the clause."""
        return tuple(token for token in self.tokens if is_number(token))

    @property
    def plain(self) -> tuple[str, ...]:
        """The other tokens of the clause, but for units of measure next to a number."""
        units = MEASURES if self.numbers else {}
        return tuple(token for token in self.tokens if not is_number(token) and token not in units)


def find_answer(text: str, asked: frozenset[str]) -> Found:
    """The answer of a response: its first marked span or clause that says more than the prompt does.

    Without any such clause, the prompt's own words are the answer; without words, the names of emoji.
    """
    core = strip_frame(text)
    rest = frozenset(_residue(core, frozenset()))
    marked = [x or y for x, y in _MARKED.findall(core)]
    spans = [span for span in marked if len(span.split()) <= 8 and not span.rstrip().endswith(":")]
    for places in (spans, _clauses(core)):
        for stripped in (asked, frozenset[str]()):
            if stripped or places is not spans:
                for clause in _leading_last(places):
                    if tokens := _residue(clause, stripped):
                        return _found(clause, tokens, core, rest)
    emoji = tuple(
        word for c in text if unicodedata.category(c) == "So" for word in unicodedata.name(c, "").lower().split()
    )
    return _found("", emoji, core, rest)


def _found(clause: str, tokens: tuple[str, ...], core: str, rest: frozenset[str]) -> Found:
    capital = {_normal(t) for w in words(clause) if w[:1].isupper() for t in canonical_tokens(w)}
    lower = {_normal(t) for w in words(core) if w[:1].islower() for t in canonical_tokens(w)}
    inside, last = set(), ""
    for token in map(_normal, canonical_tokens(clause)):
        if token in tokens:
            inside.add((last, token))
            last = token
        elif token not in GLUE:
            last = ""
    names = frozenset(token for token in tokens if token in capital - lower and not is_number(token))
    negators = sum(token in NEGATORS for token in canonical_tokens(clause))
    return Found(tokens, names, frozenset(inside), rest, bool(HEDGES.search(clause)), bool(negators % 2))


def _asked(prompt: str) -> frozenset[str]:
    """Words of the prompt, but for those that it offers as options."""
    parts = re.split(r"[:;.?!—\n]", prompt)
    return frozenset(t for part in parts if not _OPTIONS.search(part) for t in map(_normal, canonical_tokens(part)))


def _normal(token: str) -> str:
    return token if is_number(token) else ALIASES.get(token) or ALIASES.get(stem(token)) or stem(token)


def _residue(text: str, asked: frozenset[str]) -> tuple[str, ...]:
    """Content tokens of a text that are neither the prompt's nor small talk."""
    tokens = [token for token in canonical_tokens(text)]
    if tokens[-1:] == ["one"]:
        tokens[-1] = "1"
    kept = [_normal(t) for t in tokens if t not in STOP and t not in FILLER]
    return tuple(token for token in kept if token not in asked and token not in FILLER)


def _clauses(text: str) -> list[str]:
    """Clauses in order; the label in front of a short answer ("Result: 7") is left out."""
    text = re.sub(r"[*_`#]+", "", text)
    text = re.sub(r"(?m)^[^:\n]{0,80}:(?=\s*\n|\s*(?:\S+\s*){1,5}$)", "", text)
    return [part.strip() for part in _CLAUSE_END.split(text) if part.strip()] or [text]


def _leading_last(clauses: list[str]) -> list[str]:
    """The clauses, with those that only lead up to an answer behind the others."""
    return sorted(clauses, key=lambda clause: clause.split()[0].lower().strip("'\"“") in PRELUDES)


