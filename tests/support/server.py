"""A scripted OpenAI-compatible chat server on loopback: a function from request to reply, and a record."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from inspect_ai.model import Model, get_model

Request = dict[str, Any]
Script = Callable[[Request], str]
"""The text of the reply to a request; a mapping is the reply's whole choice instead."""
Fault = Callable[[BaseHTTPRequestHandler, Request], bool]
"""Answers a request in a way that no client can use, and says whether it did."""


def grader(
    grade: Callable[[Request], int] = lambda body: 3,
    verdict: Callable[[Request], str] = lambda body: "correct",
) -> Script:
    """Grades and checks answers as told, and writes the same checklist for every prompt."""

    def script(body: Request) -> str:
        if kind_of(body) == "grade":
            return json.dumps({"reason": "scripted", "grade": grade(body)})
        if kind_of(body) == "correctness":
            return json.dumps({"verdict": verdict(body)})
        return json.dumps({"factors": ["Says one thing", "Says another", "Says a third"]})

    return script


@dataclass
class ScriptedServer:
    """Answers every chat completion with what `script` returns for its body.

    Requests to grade quality or correctness go to `grader` instead, and are kept apart.
    """

    script: Script
    grading: Script
    requests: list[Request] = field(default_factory=list)
    graded: list[Request] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    together: threading.Barrier | None = None
    """Where given, requests are answered only once as many of them as it counts are waiting."""
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: Request) -> dict[str, Any]:
        if self.together is not None:
            self.together.wait(timeout=30)
        grading = kind_of(body) in ("grade", "correctness", "checklist")
        with self.lock:
            (self.graded if grading else self.requests).append(body)
            reply: Any = (self.grading if grading else self.script)(body)
        choice = reply if isinstance(reply, dict) else {"finish_reason": "stop", "message": message(reply)}
        return {
            "id": "scripted",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, **choice}],
            "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
        }

    def model(self, name: str = "target", **args: Any) -> Model:
        """This server as an Inspect model."""
        return get_model(
            f"openai-api/scripted/{name}", base_url=self.url, api_key="none", memoize=False, **args
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1_000  # a burst overflows the default of 5, and is tried again after a second


@contextmanager
def scripted(
    script: Script,
    grading: Script | None = None,
    at_once: int | None = None,
    fault: Fault = lambda handler, body: False,
) -> Iterator[ScriptedServer]:
    together = None if at_once is None else threading.Barrier(at_once)
    server = ScriptedServer(script, grading or grader(), together=together)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            if not sent:  # a call that was given up before it was made
                self.close_connection = True
                return
            body = json.loads(sent)
            if fault(self, body):
                return
            try:
                status, reply = 200, json.dumps(server.answer(body)).encode()
            except Exception as error:  # a script that fails must fail its test, not keep a client trying
                server.errors.append(error)
                status, reply = 400, b'{"error": {"message": "the script failed"}}'
            send(self, status, reply)

        def log_message(self, *args: object) -> None:
            pass

    http = _Server(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
    if server.errors:
        raise server.errors[0]


def send(handler: BaseHTTPRequestHandler, status: int, reply: bytes, **headers: str) -> None:
    """One whole reply; in the names of headers, `_` stands for `-`."""
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(reply)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(reply)


def message(text: str | None, refusal: str | None = None) -> dict[str, Any]:
    """An assistant's message."""
    return {"role": "assistant", "content": text, "refusal": refusal}


def kind_of(body: Request) -> str | None:
    """Name of the schema that the reply must have, or None for free text."""
    name = (body.get("response_format") or {}).get("json_schema", {}).get("name")
    return None if name is None else str(name)


def last_text(body: Request) -> str:
    """Text of the request's last message."""
    return str(body["messages"][-1]["content"])


def all_text(body: Request) -> str:
    """Text of all messages of the request."""
    return "\n".join(str(message["content"]) for message in body["messages"])


def counter(texts: list[str]) -> Script:
    """A script that gives the texts in turn, and starts over at the end."""
    given = iter(range(10**9))
    return lambda body: texts[next(given) % len(texts)]
