"""A server that refuses, stalls or dies: nothing is lost, nothing comes twice, and the run says why."""

import asyncio
import socket
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

import pytest

from carepass_cli.mail.deliver import Post
from tests.conftest import Carepass, person
from tests.mail.server import Inbox, MailServer
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


def test_every_reason_is_told_even_quietly_and_once(five: Office) -> None:
    """Servers name the address in their words: it is one reason all the same."""

    async def refuse(_server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address == "p2@example.org":
            return "451 Later"
        return f"550 <{address}>: No such user"

    five.server.inbox.handle_RCPT = refuse
    five(None, "-q", "-o", "json", code=1)
    assert five.ran.error["code"] == "mail-not-delivered"
    message, hint = five.ran.error["message"], five.ran.error["hint"]
    assert message.startswith("Mail was not delivered, for 2 reasons: ")
    assert message.count("550 <p1@example.org>: No such user") == message.count("No such user") == 1
    assert "to p1@example.org, p3@example.org, p4@example.org, p5@example.org: 550" in message
    assert "to p2@example.org: 451 Later" in message
    assert hint == "Check the address, or try again later.\nTry again later."


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


@pytest.mark.on_file
def test_an_address_that_no_letter_can_have(five: Office) -> None:
    """It is not the end of the run for the others. Version 0.1 took such an address."""
    with closing(sqlite3.connect(five.carepass.db)) as by_hand, by_hand:
        by_hand.execute("""UPDATE message SET "to" = 'p3@b..example.org' WHERE id = 3""")
        by_hand.execute("UPDATE account_version SET email = 'p3@b..example.org' WHERE email LIKE 'p3@%'")
    assert receivers(five(code=1)) == [each for each in ALL if each != "p3@example.org"]
    assert "Message 3 cannot go to p3@b..example.org" in five.ran.err
    assert list(five.status().values()) == ["sent", "sent", "queued", "sent", "sent"]


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


def test_a_server_that_ends_the_session_at_one_letter(five: Office) -> None:
    """That letter goes last: the others do not wait for it."""
    five.server.inbox.handle_RCPT = refusing("p3@example.org", answer="421 Closing")
    assert receivers(five(code=1)) == [each for each in ALL if each != "p3@example.org"]
    assert "the message to p3@example.org: 421 Closing" in five.ran.err
    assert list(five.status().values()) == ["sent", "sent", "queued", "sent", "sent"]
    del five.server.inbox.handle_RCPT
    assert receivers(five()) == ["p3@example.org"]


@pytest.mark.parametrize("how", ["421 Enough", "close"])
@pytest.mark.parametrize("most", [1, 2, 5])
def test_a_server_that_limits_letters_a_connection(five: Office, most: int, how: str) -> None:
    limit(five.server.inbox, most, how)
    assert sorted(receivers(five())) == ALL
    assert set(five.status().values()) == {"sent"}


def test_a_server_that_takes_nothing_gets_one_connection_more(five: Office) -> None:
    inbox = five.server.inbox
    connections = limit(inbox, 2, "421 Enough")
    usual = inbox.handle_MAIL  # type: ignore[attr-defined]

    async def nothing_after_the_first(server: Any, session: Any, *rest: Any) -> str:
        answer: str = await usual(server, session, *rest)
        return answer if len(connections) < 2 else "421 Not today"

    inbox.handle_MAIL = nothing_after_the_first  # type: ignore[attr-defined]
    assert receivers(five(code=1)) == ALL[:2]
    assert len(connections) == 2
    assert "421 Not today" in five.ran.err
    assert list(five.status().values()) == ["sent"] * 2 + ["queued"] * 3


def test_a_bad_morning(home: Carepass, serve: Callable[..., MailServer]) -> None:
    """A server that limits letters a connection, refuses one, greylists another and drops once after DATA."""
    names = [f"q{number:02}@example.org" for number in range(1, 21)]
    for number, name in enumerate(names):
        person(home, f"Person{number}", "Exemplaire", name)
    office = Office(home, serve())
    inbox, dropped = office.server.inbox, []
    limit(inbox, 4, "close")
    gone, grey = refusing("q05@example.org"), refusing("q09@example.org", answer="451 Greylisted")

    async def refuse(server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        handle = gone if address == "q05@example.org" else grey
        return str(await handle(server, session, envelope, address, options))

    async def drop_once(server: Any, session: Any, envelope: Any) -> str:
        if envelope.rcpt_tos == ["q07@example.org"] and not dropped:
            dropped.append(envelope)
            server.transport.abort()
            return "250 Never heard"
        return await Inbox.handle_DATA(inbox, server, session, envelope)

    inbox.handle_RCPT, inbox.handle_DATA = refuse, drop_once  # type: ignore
    arrived = sorted(receivers(office(None, "-q", code=1)))
    assert dropped
    assert arrived == [name for name in names if name not in ("q05@example.org", "q09@example.org")]
    assert "q05@example.org: 550 No such user" in office.ran.err
    assert "q09@example.org: 451 Greylisted" in office.ran.err
    queued = [row["to"] for row in home.rows("notify", "list") if row["status"] == "queued"]
    assert queued == ["q05@example.org", "q09@example.org"]


def limit(inbox: Inbox, most: int, how: str) -> dict[Any, int]:
    """Let `most` letters pass on a connection; the dict has how many each connection came with."""
    asked: dict[Any, int] = {}

    async def handle_mail(server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:
        asked[session.peer] = asked.get(session.peer, 0) + 1
        if asked[session.peer] > most:
            if how != "close":
                return how
            server.transport.close()
        envelope.mail_from = address
        return "250 OK"

    inbox.handle_MAIL = handle_mail  # type: ignore[attr-defined]
    return asked
