"""Faults of a server, decided by a hash of the request and its attempt: every run meets the same."""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.server import Request, Script, message, send

HANG = 5.0
"""Seconds after which a server that hangs closes the connection; a client waits for less."""

BROKEN = ["500", "503", "429", "cut", "hang"]
"""What Inspect tries again."""

UNREADABLE = {
    "truncated": b'{"id": "scripted", "object": "chat.comp',
    "other schema": b'{"result": "fine"}',
    "error object": b'{"error": {"message": "overloaded"}}',
    "no choices": b'{"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []}',
    "empty body": b"",
}
"""Replies with status 200 that make Inspect give a call up at once."""

REFUSAL = "I cannot help with that."

SILENT: list[Any] = [
    "",
    " \n",
    {"finish_reason": "stop", "message": message(None)},
    {"finish_reason": "stop", "message": message(None, REFUSAL)},
    {"finish_reason": "content_filter", "message": message(REFUSAL)},
]
"""What a model says in place of a response."""

NO_VERDICT: list[Any] = [
    *SILENT,
    REFUSAL,
    '{"equiv',
    '{"verdict": "same"}',
    '{"equivalent": "false"}',
    '{"reason": "r", "grade": 9}',
    "NaN",
    '{"equivalent": NaN}',
    '{"reason": "r", "grade": NaN}',
]
"""What a judge says in place of a verdict or a grade."""


def chance(*parts: Any) -> float:
    """A number in 0..1 that the parts decide."""
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def pick(options: list[Any], *parts: Any) -> Any:
    """One of the options, as the parts decide."""
    return options[int(chance("pick", *parts) * len(options))]


@dataclass
class Faults:
    """Faults at set rates, and a record of those that happened.

    What the server says is decided by the request alone, so an attempt more, such as after a time-out on
    a busy machine, does not change what it says in the end.
    """

    broken: float = 0.0
    """Share of attempts that fail in a way that is tried again."""
    unreadable: float = 0.0
    """Share of attempts whose reply cannot be read."""
    spoilt: float = 0.0
    """Share of requests that get no usable text."""
    prompt_of: Callable[[Request], str] = lambda body: ""
    """The prompt that a request is about, by which the record is kept."""
    seen: Counter[str] = field(default_factory=Counter)
    """Attempts of each request."""
    happened: Counter[str] = field(default_factory=Counter)
    """Faults of each kind."""
    spoiled: dict[str, dict[str, Request]] = field(default_factory=dict)
    """Requests of each prompt that got no usable text, by what was sent."""
    unread: dict[str, dict[str, tuple[Request, int]]] = field(default_factory=dict)
    """Requests of each prompt that got a reply that cannot be read, and with which attempt."""

    def strike(self, handler: BaseHTTPRequestHandler, body: Request) -> bool:
        """Fail this attempt, where its turn has come (a `Fault`)."""
        key = _key(body)
        self.seen[key] += 1
        attempt = self.seen[key]
        drawn = chance(body, attempt)
        if drawn < self.broken:
            kind = pick(BROKEN, body, attempt)
            self.happened[kind] += 1
            _break(handler, kind)
            return True
        if drawn < self.broken + self.unreadable:
            kind = pick(list(UNREADABLE), body, attempt)
            self.happened[kind] += 1
            self.unread.setdefault(self.prompt_of(body), {})[key] = (body, attempt)
            send(handler, 200, UNREADABLE[kind])
            return True
        return False

    def lost(self, prompt: str) -> list[Request]:
        """Requests about a prompt that came to nothing in the end.

        A reply that cannot be read ends its call, unless it came when the client had stopped waiting.
        """
        unread = self.unread.get(prompt, {}).items()
        last = {key: body for key, (body, attempt) in unread if self.seen[key] == attempt}
        return list((self.spoiled.get(prompt, {}) | last).values())

    def spoil(self, script: Script, replies: list[Any]) -> Script:
        """The script, with one of `replies` in place of what it says where that is spoilt."""

        def spoilt(body: Request) -> Any:
            if chance("spoilt", body) >= self.spoilt:
                return script(body)
            self.happened["spoilt"] += 1
            self.spoiled.setdefault(self.prompt_of(body), {})[_key(body)] = body
            return pick(replies, body)

        return spoilt


def _key(body: Request) -> str:
    return json.dumps(body, sort_keys=True)


def _break(handler: BaseHTTPRequestHandler, kind: str) -> None:
    if kind.isdecimal():
        send(handler, int(kind), b'{"error": {"message": "try again"}}', Retry_After="1")
        return
    handler.close_connection = True
    if kind == "hang":
        time.sleep(HANG)
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "scripted", "choices": [{"index": 0, "mess')
