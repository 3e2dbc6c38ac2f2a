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


@dataclass
class ScriptedServer:
    """Answers every chat completion with what `script` returns for its body."""

    script: Script
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: Request) -> dict[str, Any]:
        with self.lock:
            self.requests.append(body)
            text = self.script(body)
        return {
            "id": "scripted",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            ],
            "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
        }

    def model(self, name: str = "target") -> Model:
        """This server as an Inspect model."""
        return get_model(f"openai-api/scripted/{name}", base_url=self.url, api_key="none", memoize=False)


@contextmanager
def scripted(script: Script) -> Iterator[ScriptedServer]:
    server = ScriptedServer(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = json.dumps(server.answer(body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


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
