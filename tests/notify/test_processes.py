"""True processes: two at once, and one that is killed where it hurts most."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.mail.server import Inbox
from tests.notify.conftest import Office, receivers
from tests.process.conftest import PROGRAM

ALL = [f"p{number}@example.org" for number in range(1, 6)]
Begin = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def begin(five: Office) -> Iterator[Begin]:
    """Starts `carepass notify run` on the store and leaves it running."""
    started: list[subprocess.Popen[str]] = []

    def start(*more: str) -> subprocess.Popen[str]:
        line = [str(PROGRAM), "--db", five.carepass.db, "--today", five.carepass.today]
        line += ["notify", "run", "--smtp", five.url, *more]
        started.append(subprocess.Popen(line, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_two_at_once_send_every_letter_once(five: Office, begin: Begin) -> None:
    inbox, both = five.server.inbox, threading.Barrier(2, timeout=60)
    waited: set[Any] = set()

    async def meet(_server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:
        if session.peer not in waited:  # both have read what waits, and begin with the same letter
            waited.add(session.peer)
            await asyncio.get_running_loop().run_in_executor(None, both.wait)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    inbox.handle_RCPT = meet  # type: ignore[attr-defined]
    processes = [begin("-o", "ndjson") for _ in range(2)]
    told = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert sorted(receivers(five.letters())) == ALL
    assert sum(len(out.splitlines()) for out, _ in told) == 5
    assert not five()


class Killer:
    """Kills a process when the server reaches a step with a letter for somebody."""

    def __init__(self, inbox: Inbox, step: str, address: str) -> None:
        self.inbox, self.step, self.address = inbox, step, address
        self._known = threading.Event()
        self._victim = 0
        setattr(inbox, f"handle_{step}", self.handle)

    def aim_at(self, process: subprocess.Popen[str]) -> None:
        self._victim = process.pid
        self._known.set()

    async def handle(self, server: Any, session: Any, envelope: Any, *rest: Any) -> str:
        if self.step == "RCPT":
            envelope.rcpt_tos.append(rest[0])
        else:
            await Inbox.handle_DATA(self.inbox, server, session, envelope)
        if envelope.rcpt_tos == [self.address]:
            await asyncio.get_running_loop().run_in_executor(None, self._known.wait)
            os.kill(self._victim, signal.SIGKILL)
        return "250 OK"


def kill_a_run(five: Office, begin: Begin, step: str) -> None:
    killer = Killer(five.server.inbox, step, "p3@example.org")
    process = begin()
    killer.aim_at(process)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    delattr(five.server.inbox, f"handle_{step}")


@pytest.mark.on_file
def test_killed_when_the_server_has_the_letter_and_nothing_more_is_written(
    five: Office, begin: Begin
) -> None:
    kill_a_run(five, begin, "DATA")
    assert receivers(five.letters()) == ALL[:3]
    assert receivers(five()) == ALL[3:]  # no second copy
    assert five.ran.err.startswith(
        "Delivered: 2 messages to 2 addresses.\n"
    )  # it might still be at it: so far nobody is alarmed

    with sqlite3.connect(five.carepass.db) as store:  # an hour later
        store.execute(
            "UPDATE message SET under_way_at = strftime('%Y-%m-%dT%H:%M:%SZ', under_way_at, '-1 hour')"
        )
    store.close()
    assert not five(None, "-q", code=1)
    assert "Message 3 to p3@example.org was being sent when an earlier run was interrupted" in five.ran.err
    assert "carepass notify show 3" in five.ran.err
    assert not five(None, "-q")  # told once
    assert five.ran.err == ""
    assert set(five.status().values()) == {"sent"}
    entries = [entry for entry in five.carepass.rows("audit", "list") if entry["action"] == "send"]
    assert len(entries) == 5
    assert receivers(five.letters()) == ALL


def test_killed_right_before_the_letter_is_handed_over(five: Office, begin: Begin) -> None:
    kill_a_run(five, begin, "RCPT")
    assert receivers(five.letters()) == ALL[:2]
    assert list(five.status().values()) == ["sent"] * 2 + ["queued"] * 3
    assert receivers(five()) == ALL[2:]  # it goes now, and nothing is in doubt
    assert five.ran.err.startswith("Delivered: 3 messages to 3 addresses.\n")


def test_stopped_at_the_keyboard(five: Office, begin: Begin) -> None:
    """While the server keeps it waiting before the text: nothing was handed over."""
    inbox, reached = five.server.inbox, threading.Event()

    async def stall(*_: Any) -> str:
        reached.set()
        await asyncio.Event().wait()
        return "250 never"

    inbox.handle_RCPT = stall  # type: ignore[attr-defined]
    process = begin()
    assert reached.wait(60)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    del inbox.handle_RCPT  # type: ignore[attr-defined]
    assert receivers(five()) == ALL


def test_two_runs_queue_each_reminder_once(five: Office, begin: Begin) -> None:
    """Both work out what is due, one after the other; the second finds it queued."""
    carepass = five.carepass
    for number in range(1, 6):
        account = f"p{number}@example.org"
        carepass("role", "assign", account, "--home", "maple-grove", "--role", "psw", "--unverified")
        carepass("role", "confirm", "--account", account, "--home", "maple-grove", "--role", "psw")
        carepass("record", "add", account, "IPAC-101", "--on", "2026-01-20")
    processes = [begin() for _ in range(2)]
    told = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert sorted(receivers(five.letters())) == ALL
