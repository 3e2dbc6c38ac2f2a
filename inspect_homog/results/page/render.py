"""Templates to one self-contained HTML file: styles and scripts inlined, nothing fetched, text escaped."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

PACKAGE = "inspect_homog.results"
"""Where templates and scripts lie."""

SCRIPTS = ("page/table.js",)
"""Scripts of every page."""


def render(template: str, scripts: Sequence[str] = (), **context: object) -> str:
    """The page as HTML.

    Whatever the context holds is escaped, unless it is `Markup`. Only the named scripts may run: the page's
    Content-Security-Policy lists their hashes and forbids every request.

    Args:
        template: A template that extends `page/base.html.jinja`, as a path below `results`.
        scripts: Scripts that the page needs beside `SCRIPTS`, as paths below `results`.
        context: What the template reads.
    """
    sources = [source(name) for name in (*SCRIPTS, *scripts)]
    allowed = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in sources)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _environment().get_template(template).render(**context, scripts=sources, policy=Markup(policy))


def plural(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def write_page(path: Path, html: str) -> None:
    """Write the page as UTF-8, in a folder that is made if need be; what UTF-8 cannot hold becomes `?`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html.encode("utf-8", "replace"))


def source(name: str) -> Markup:
    """A style or script of this package, as it is."""
    return Markup((files(PACKAGE) / name).read_text("utf-8"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(PACKAGE, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # tojson escapes <, >, & and '; ASCII alone takes care of U+2028 and U+2029. NaN is no JSON.
    environment.policies["json.dumps_kwargs"] = {"allow_nan": False, "separators": (",", ":")}
    environment.globals["source"] = source
    return environment
