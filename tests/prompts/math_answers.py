"""The answer of every bundled math prompt, computed from the problem's own statement."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import factorial

import sympy  # type: ignore[import-untyped]
from sympy import Expr, Integer, Rational, pi, sqrt

x, n = sympy.symbols("x n")


def only(found: list[int]) -> Expr:
    """The one number that a search has found."""
    (number,) = found
    return Integer(number)


def count(holds: Callable[[int], bool], last: int, first: int = 1) -> Expr:
    """How many whole numbers from `first` to `last` have a property."""
    return Integer(sum(1 for number in range(first, last + 1) if holds(number)))


def open_routes() -> Expr:
    @cache
    def to(right: int, up: int) -> int:
        if right < 0 or up < 0 or (right, up) == (2, 2):
            return 0
        return 1 if (right, up) == (0, 0) else to(right - 1, up) + to(right, up - 1)

    return Integer(to(5, 4))


def rolls_until_all_faces() -> Expr:
    expected = sympy.symbols("e0:4")  # by the number of faces seen so far
    seen = [Rational(faces, 4) for faces in range(4)]
    after = [*expected[1:], Integer(0)]
    equations = [1 + p * e + (1 - p) * f - e for p, e, f in zip(seen, expected, after, strict=True)]
    return sympy.solve(equations, expected)[expected[0]]


def slower_cyclist() -> Expr:
    hours = sympy.solve(16 * x + 20 * x - 63, x)[0]
    return 16 * hours


def tiles_at_the_wall() -> Expr:
    cells = product(range(14), range(9))
    return Integer(sum(1 for i, j in cells if i in (0, 13) or j in (0, 8)))


def dates() -> Expr:
    def left(start: int) -> Fraction:
        after_brother = start - Fraction(start, 3)
        return after_brother - after_brother / 4

    return only([start for start in range(1, 500) if left(start) == 30])


def slow_clock() -> Expr:
    shown = (14 * 60 + 25) - 8 * 60
    return sympy.solve(60 * x - 5 * x - shown, x)[0]


def unmatched_socks() -> Expr:
    pairs = list(combinations("bbbbgggggg", 2))
    return Rational(sum(a != b for a, b in pairs), len(pairs))


def program() -> Expr:
    value = 1
    for _ in range(10):
        value = 2 * value + 1
    return Integer(value)


def parabola_and_line() -> Expr:
    gap = (6 * x - x**2) - 2 * x
    left, right = sorted(sympy.solve(gap, x))
    return sympy.Abs(sympy.integrate(gap, (x, left, right)))


def inscribed_circle() -> Expr:
    apex = (8 * sympy.cos(2 * pi / 3), 8 * sympy.sin(2 * pi / 3))
    return sympy.Triangle((0, 0), (7, 0), apex).inradius


def singers() -> Expr:
    orders = permutations("ABcdefg")
    return Integer(sum(1 for order in orders if abs(order.index("A") - order.index("B")) == 3))


def recurrence() -> Expr:
    terms = [1, 5]
    while len(terms) < 10:
        terms.append(5 * terms[-1] - 6 * terms[-2])
    return Integer(terms[9])


def opposite_edges() -> Expr:
    a, b, c = sympy.Matrix([0, 0, 0]), sympy.Matrix([6, 0, 0]), sympy.Matrix([3, 3 * sqrt(3), 0])
    d = (a + b + c) / 3 + sympy.Matrix([0, 0, 2 * sqrt(6)])
    assert all(sympy.simplify((p - q).dot(p - q)) == 36 for p, q in combinations((a, b, c, d), 2))
    s, t = sympy.symbols("s t")
    gap = (a + s * (b - a)) - (c + t * (d - c))
    square = sympy.expand(gap.dot(gap))
    return sqrt(square.subs(sympy.solve([square.diff(s), square.diff(t)], [s, t])))


def lost_piles() -> Expr:
    won = [False]  # by the size of the pile, for the player to move
    for size in range(1, 101):
        won.append(any(not won[size - take] for take in (1, 3, 4) if take <= size))
    return Integer(won[1:].count(False))


def rings() -> Expr:
    def first_rotation(ring: tuple[str, ...]) -> tuple[str, ...]:
        return min(ring[i:] + ring[:i] for i in range(8))

    return Integer(len({first_rotation(ring) for ring in product("rgw", repeat=8)}))


def circle_through_orthocentre() -> Expr:
    b, c = sympy.Point(0, 0), sympy.Point(14, 0)
    a = sympy.Point(5, 12)
    assert (a.distance(b), a.distance(c)) == (13, 15)
    return sympy.Circle(b, c, sympy.Triangle(a, b, c).orthocenter).radius


def ant() -> Expr:
    corners = [(axis, sign) for axis in range(3) for sign in (1, -1)]
    start, end = (0, 1), (0, -1)
    time = {corner: sympy.Symbol(f"t{i}") for i, corner in enumerate(corners)}
    equations = [time[end]]
    for corner in corners:
        if corner != end:
            steps = [time[other] for other in corners if other[0] != corner[0]]
            equations.append(1 + sum(steps) / Integer(4) - time[corner])
    return sympy.solve(equations, list(time.values()))[time[start]]


ANSWERS: dict[str, Callable[[], Expr]] = {
    "math-01": lambda: Integer(sum(number for number in range(2, 61) if number % 2 == 0)),
    "math-02": lambda: only([tens for tens in range(36) if 10 * tens + 5 * (35 - tens) == 260]),
    "math-03": lambda: count(lambda k: k % 4 != 0 and k % 5 != 0, 200),
    "math-04": lambda: sympy.Abs(sympy.Polygon((1, 2), (7, 4), (3, 10)).area),
    "math-05": lambda: Rational(sum(len(set(d)) < 3 for d in product(range(6), repeat=3)), 6**3),
    "math-06": lambda: sympy.expand(sum(root**4 for root in sympy.solve(x * (7 - x) - 5, x))),
    "math-07": open_routes,
    "math-08": lambda: Integer((3**500 + 4**500) % 7),
    "math-09": lambda: count(lambda bits: bits & (bits >> 1) == 0, 2**12 - 1, first=0),
    "math-10": lambda: sympy.summation(n**2 / 5**n, (n, 1, sympy.oo)),
    "math-11": rolls_until_all_faces,
    "math-12": lambda: sum((k * sympy.binomial(10, k) ** 2 for k in range(11)), Integer(0)),
    "math-13": slower_cyclist,
    "math-14": lambda: Integer(48 * 52 - 47 * 53),
    "math-15": tiles_at_the_wall,
    "math-16": dates,
    "math-17": lambda: Integer(sum(str(page).count("7") for page in range(1, 151))),
    "math-18": lambda: only([last for last in range(500) if Fraction(8 * 50 + last, 9) == 53]),
    "math-19": slow_clock,
    "math-20": lambda: max(sympy.solve(x**2 - 6 * x + 7, x)),
    "math-21": lambda: count(lambda k: "5" in str(k), 999, first=100),
    "math-22": lambda: sympy.Line((8, 0), (0, 15)).distance(sympy.Point(0, 0)),
    "math-23": unmatched_socks,
    "math-24": program,
    "math-25": parabola_and_line,
    "math-26": inscribed_circle,
    "math-27": singers,
    "math-28": lambda: Integer(next(k for k in range(1, 9999) if (k % 5, k % 7, k % 9) == (3, 4, 5))),
    "math-29": lambda: sympy.summation(Rational(2, 3) ** (2 * n) / 3, (n, 0, sympy.oo)),
    "math-30": lambda: sympy.integrate(x * sympy.sin(x) ** 2, (x, 0, pi)),
    "math-31": recurrence,
    "math-32": opposite_edges,
    "math-33": lambda: Integer(sum(sum(shares) == 15 for shares in product(range(7), repeat=4))),
    "math-34": lambda: count(lambda k: (k * k + k) % 12 == 0, 1000),
    "math-35": lost_piles,
    "math-36": lambda: sympy.Matrix(7, 7, lambda i, j: 3 if i == j else 1).det(),
    "math-37": rings,
    "math-38": circle_through_orthocentre,
    "math-39": lambda: Integer(factorial(98) % 103),
    "math-40": ant,
}
