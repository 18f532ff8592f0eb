"""A server that refuses, stalls or dies: nothing is lost, nothing comes twice, and the run says why."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from carepass_cli.mail.deliver import Post
from tests.conftest import Carepass, person
from tests.mail.server import Inbox
from tests.notify.conftest import Office, receivers

ALL = [f"p{number}@example.org" for number in range(1, 6)]
Handle = Callable[..., Awaitable[Any]]
Patience = Callable[[float], None]


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets how many seconds a run waits for each answer: for servers that let it wait so long."""
    return lambda seconds: monkeypatch.setattr(Post.__init__, "__defaults__", (seconds,))


def refusing(*addresses: str, answer: str = "550 No such user") -> Handle:
    """A server's answer to RCPT that refuses some."""

    async def handle_rcpt(_server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in addresses:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    return handle_rcpt


def test_an_address_that_is_refused(five: Office) -> None:
    five.server.inbox.handle_RCPT = refusing("p3@example.org")
    assert receivers(five(None, "-q", code=1)) == [each for each in ALL if each != "p3@example.org"]
    assert "refused the message to p3@example.org: 550 No such user" in five.ran.err
    assert five.ran.out == ""
    assert five.status() == {1: "sent", 2: "sent", 3: "queued", 4: "sent", 5: "sent"}
    five(code=1)  # once more, and for nobody else
    del five.server.inbox.handle_RCPT
    assert receivers(five()) == ["p3@example.org"]
    assert receivers(five.letters()).count("p3@example.org") == 1


def test_every_reason_is_told_even_quietly(five: Office) -> None:
    five.server.inbox.handle_RCPT = refusing("p1@example.org", "p5@example.org")
    five(None, "-q", code=1)
    for address in ("p1@example.org", "p5@example.org"):
        assert f"the message to {address}: 550 No such user" in five.ran.err
    five(None, "-q", "-o", "json", code=1)
    assert five.ran.error["code"] == "mail-not-delivered"
    assert five.ran.error["hint"].count("550 No such user") == 2


def test_a_text_that_is_refused(five: Office) -> None:
    inbox = five.server.inbox

    async def refuse_third(_server: Any, _session: Any, envelope: Any) -> str:
        if envelope.rcpt_tos == ["p3@example.org"]:
            return "554 Looks like spam"
        return await Inbox.handle_DATA(inbox, _server, _session, envelope)

    inbox.handle_DATA = refuse_third  # type: ignore[method-assign]
    assert len(five(code=1)) == 4
    assert "554 Looks like spam" in five.ran.err
    del inbox.handle_DATA
    assert receivers(five()) == ["p3@example.org"]


def test_an_address_that_no_letter_can_have(home: Carepass, five: Office) -> None:
    """It is not the end of the run for the others."""
    person(home, "Label", "Exemplaire", f"p@{'a' * 64}.example.org")
    person(home, "Beth", "Exemplaire", "beth@example.org")
    assert receivers(five(code=1)) == [*ALL, "beth@example.org"]
    assert "Message 6" in five.ran.err
    assert list(five.status().values()) == ["sent"] * 5 + ["queued", "sent"]


def test_a_server_that_is_down(five: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
    ran = five.carepass("notify", "run", "--smtp", nobody, "-q", code=1)
    assert "cannot be reached" in ran.err
    assert ran.out == ""
    assert set(five.status().values()) == {"queued"}
    assert receivers(five()) == ALL


def test_a_server_that_never_greets(five: Office, patience: Patience) -> None:
    patience(0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        ran = five.carepass("notify", "run", "--smtp", f"smtp://127.0.0.1:{port}", code=1)
    assert "timed out" in ran.err
    assert receivers(five()) == ALL


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", ["dies", "stalls"])
def test_a_server_that_breaks_down_on_the_way(five: Office, step: str, how: str, patience: Patience) -> None:
    if how == "stalls":
        patience(0.5)
    inbox, seen = five.server.inbox, 0
    usual = {"MAIL": usual_mail, "RCPT": refusing(), "DATA": inbox.handle_DATA}[step]

    async def break_down(server: Any, *rest: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen < 3:
            return await usual(server, *rest)
        if how == "stalls":
            await asyncio.Event().wait()
        server.transport.abort()
        return "250 OK"

    setattr(inbox, f"handle_{step}", break_down)
    assert receivers(five(code=1)) == ALL[:2]
    assert "cannot be reached" in five.ran.err
    assert list(five.status().values()) == ["sent"] * 2 + ["queued"] * 3
    delattr(inbox, f"handle_{step}")
    assert receivers(five()) == ALL[2:]
    assert receivers(five.letters()) == ALL
    assert not five()


async def usual_mail(_server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
    envelope.mail_from = address
    return "250 OK"


def test_a_server_that_takes_a_letter_and_dies_before_it_says_so(five: Office) -> None:
    """Until a server says that it has taken a letter, the letter is still ours (RFC 5321, 4.2.5). Its
    Message-ID is the same each time, so that the receiver can tell a second copy."""
    inbox = five.server.inbox

    async def take_and_die(server: Any, session: Any, envelope: Any) -> str:
        await Inbox.handle_DATA(inbox, server, session, envelope)
        server.transport.abort()
        return "250 OK"

    inbox.handle_DATA = take_and_die  # type: ignore[method-assign]
    (first,) = five(code=1)
    assert list(five.status().values()) == ["queued"] * 5
    del inbox.handle_DATA
    again = five()
    assert again[0]["Message-ID"] == first["Message-ID"]
    assert receivers(again) == ALL


def test_a_server_that_needs_long_to_look_through_a_letter(five: Office, patience: Patience) -> None:
    """Longer than any other answer may take: giving up would make it a letter that comes twice."""
    patience(1)
    inbox = five.server.inbox

    async def take_time(server: Any, session: Any, envelope: Any) -> str:
        if not inbox.taken:
            await asyncio.sleep(1.5)  # beyond the second, within four
        return await Inbox.handle_DATA(inbox, server, session, envelope)

    inbox.handle_DATA = take_time  # type: ignore[method-assign]
    assert receivers(five()) == ALL


def test_a_server_that_ends_the_session(five: Office) -> None:
    five.server.inbox.handle_RCPT = refusing("p3@example.org", answer="421 Closing")
    assert receivers(five(code=1)) == ALL[:2]
    assert "421 Closing" in five.ran.err
    del five.server.inbox.handle_RCPT
    assert receivers(five()) == ALL[2:]
