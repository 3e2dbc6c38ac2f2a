"""Keys, passwords in addresses and values of the environment are planted, and looked for in what we write."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from inspect_ai import eval as inspect_eval
from inspect_ai.log import list_eval_logs, read_eval_log
from inspect_ai.model import get_model

from inspect_homog.cli import main
from inspect_homog.judging.ask import logger
from inspect_homog.tasks import creative_writing
from tests.support.faults import chance
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, counter, kind_of, last_text, scripted, send

pytestmark = pytest.mark.reliability

KEY, PASSWORD, VALUE = "sk-planted-0a1b2c3d", "planted-password-4e5f", "planted-value-6a7b"
BASIC = b64encode(f"user:{PASSWORD}".encode()).decode()
"""What a client sends in place of the key when the address has a password."""
PLANTED = (KEY, PASSWORD, BASIC, VALUE)


def echo(handler: Any, body: Request) -> bool:
    """Fails with what it was sent as the reason: for one prompt, and for every third question to a judge."""
    spared = chance(body) > 0.3 if kind_of(body) else "lighthouse" not in last_text(body)
    if spared:
        return False
    send(handler, 401, f'{{"error": {{"message": "bad {handler.headers["Authorization"]}"}}}}'.encode())
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run, with `logs` and what was said on the console."""
    folder = tmp_path_factory.mktemp("secrets")
    said: list[str] = []
    with (
        pytest.MonkeyPatch.context() as patch,
        scripted(counter(["a 1", "b 2", "a 3"]), fault=echo) as target,
    ):
        patch.setenv("INSPECT_CACHE_DIR", str(folder / "cache"))
        patch.setenv("HF_TOKEN", VALUE)
        patch.setattr(logger, "warning", said.append)
        with scripted(judge_by(class_of), fault=echo) as judge:
            inspect_eval(
                creative_writing(num_responses=3),
                model=model(target.url, "target"),
                model_roles={"grader": model(judge.url.replace("://", f"://user:{PASSWORD}@"), "judge")},
                limit=4,
                fail_on_error=False,
                log_dir=str(folder / "logs"),
                display="none",
            )
    (folder / "said.txt").write_text("\n".join(said), encoding="utf-8")
    return folder


def model(url: str, name: str) -> Any:
    return get_model(f"openai-api/scripted/{name}", base_url=url, api_key=KEY, memoize=False)


def planted_in(folder: Path) -> list[tuple[str, str]]:
    """Which secret is in which file below a folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(path.name, one) for path in files for one in PLANTED if one.encode() in path.read_bytes()]


def test_what_is_written_of_a_run_holds_no_secret(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", VALUE)
    logs, out = str(folder / "logs"), folder / "out"
    out.mkdir()
    for args in (
        ["report", logs, "-o", f"{out}/r.html", "--csv", f"{out}/csv", "--markdown", f"{out}/r.md"],
        ["submit", logs, "-o", f"{out}/submission", "--model-id", "lab/target"],
        ["leaderboard", f"{out}/submission", "-o", f"{out}/site", "--max-unscored", "1"],
        ["show", logs],
    ):
        done = CliRunner().invoke(main, args)
        assert done.exit_code == 0, done.output
        assert not any(one in done.output for one in PLANTED)
    assert len(list(out.rglob("*.*"))) > 5
    assert planted_in(out) == []


def test_our_own_warnings_do_not_repeat_what_a_server_said(folder: Path) -> None:
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert "counts as an abstention" in said
    assert not any(one in said for one in PLANTED)


def test_a_log_holds_only_what_inspect_itself_records(folder: Path) -> None:
    (info,) = list_eval_logs(str(folder / "logs"))
    log = read_eval_log(info, resolve_attachments=True)
    assert log.samples
    assert VALUE not in log.model_dump_json()
    ours = [one.model_dump_json(include={"scores", "store", "metadata"}) for one in log.samples]
    assert not any(secret in text for text in ours for secret in PLANTED)
    # Inspect records the addresses of servers as they were given, and the text of every failed call.
    theirs = "".join(one.model_dump_json(include={"error", "events"}) for one in log.samples)
    assert KEY in theirs
    assert BASIC in theirs
    header = log.eval.model_dump_json()
    assert KEY not in header
    assert PASSWORD in header
