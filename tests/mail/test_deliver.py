"""Against a real SMTP server, faults included."""

import os
import stat
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.errors import UsageError
from carepass_cli.mail.deliver import DeliveryFailed, EmlFolder, MessageRefused, Post, SessionEnded
from carepass_cli.mail.server import parse_smtp

# Waited out in full only by a server that stalls.
SHORT = 0.3
# aiosmtpd warns of servers that take a password in the clear; ours must not send one.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")
Serve = Callable[..., Any]
Make = Callable[..., EmailMessage]


def answering(**answers: str) -> Any:
    """An inbox that gives `answers` in the place of its own: `answering(RCPT="550 Unknown")`."""

    class Answering:
        pass

    for step, answer in answers.items():

        async def handle(self: Any, *_: Any, answer: str = answer) -> str:
            return answer

        setattr(Answering, f"handle_{step}", handle)
    return Answering()


def test_a_letter_arrives_whole(serve: Serve, message: Make) -> None:
    server = serve()
    sent = message("helene@example.org")
    with Post(parse_smtp(f"smtp://{server.place}")) as post:
        post.send(sent)
    (envelope,) = server.inbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("training@example.org", ["helene@example.org"])
    received: Any = message_from_bytes(envelope.content, policy=policy.default)
    for name in ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"):
        assert received[name] == sent[name], name
    text, html = received.iter_parts()
    assert "carepass role confirm abcd2345efgh6789" in text.get_content().splitlines()
    assert "Hélène" in html.get_content()
    assert not received.defects


def test_many_messages_go_over_one_connection(serve: Serve, message: Make) -> None:
    server = serve()
    with Post(parse_smtp(f"smtp://{server.place}")) as post:
        for number in range(5):
            post.send(message(number=number))
    assert len(server.inbox.taken) == 5
    assert len({session.peer for session in server.inbox.sessions}) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_encrypted_and_logged_in(
    scheme: str,
    serve: Serve,
    message: Make,
    certified: Callable[..., Any],
    cafile: str,
    with_login: dict[str, Any],
    credentials: tuple[str, str],
) -> None:
    if scheme == "smtps":
        # aiosmtpd does not count TLS from the first byte as TLS.
        server = serve(ssl_context=certified(), auth_require_tls=False, **with_login)
    else:
        server = serve(tls_context=certified(), require_starttls=True, **with_login)
    user, password = credentials
    with Post(parse_smtp(f"{scheme}://{user}@{server.place}", password, cafile)) as post:
        post.send(message())
    (session,) = server.inbox.sessions
    assert session.authenticated
    assert scheme == "smtps" or session.ssl is not None


def test_starttls_is_taken_where_it_is_offered(
    serve: Serve, message: Make, certified: Callable[..., Any], cafile: str
) -> None:
    server = serve(tls_context=certified())
    with Post(parse_smtp(f"smtp://{server.place}", None, cafile)) as post:
        post.send(message())
    assert server.inbox.sessions[0].ssl is not None


def test_starttls_never_means_never(serve: Serve, message: Make, certified: Callable[..., Any]) -> None:
    server = serve(tls_context=certified())
    with Post(parse_smtp(f"smtp://{server.place}?starttls=never")) as post:
        post.send(message())
    assert server.inbox.sessions[0].ssl is None


def test_starttls_required_and_not_there(
    serve: Serve, with_login: dict[str, Any], credentials: tuple[str, str]
) -> None:
    tried = []
    check = with_login["authenticator"]
    with_login["authenticator"] = lambda *args: tried.append(args) or check(*args)
    server = serve(auth_require_tls=False, **with_login)
    user, password = credentials
    with (
        pytest.raises(DeliveryFailed, match="STARTTLS"),
        Post(parse_smtp(f"smtp://{user}@{server.place}?starttls=require", password)),
    ):
        pass
    assert not tried  # the password never left


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_of_nobody_we_know(scheme: str, serve: Serve, certified: Callable[..., Any]) -> None:
    server = serve(**{"tls_context" if scheme == "smtp" else "ssl_context": certified()})
    with pytest.raises(DeliveryFailed, match="certificate that cannot be verified") as caught:
        Post(parse_smtp(f"{scheme}://{server.place}")).__enter__()
    assert "CAREPASS_SMTP_CAFILE" in caught.value.hint


def test_a_certificate_for_another_name(serve: Serve, certified: Callable[..., Any], cafile: str) -> None:
    server = serve(tls_context=certified("mail.example.org"))
    with pytest.raises(DeliveryFailed, match="certificate that cannot be verified"):
        Post(parse_smtp(f"smtp://{server.place}?starttls=require", None, cafile)).__enter__()


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_file_that_cannot_be_used(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=r"ca\.pem"):
        Post(parse_smtp("smtp://localhost:1", None, str(path))).__enter__()


def test_tls_spoken_to_a_server_that_does_not(serve: Serve) -> None:
    server = serve()
    with pytest.raises(DeliveryFailed, match="TLS") as caught:
        Post(parse_smtp(f"smtps://{server.place}")).__enter__()
    assert "587" in caught.value.hint


def test_a_wrong_password(
    serve: Serve,
    certified: Callable[..., Any],
    cafile: str,
    with_login: dict[str, Any],
    credentials: tuple[str, str],
) -> None:
    server = serve(tls_context=certified(), **with_login)
    user, _ = credentials
    with pytest.raises(DeliveryFailed) as caught:
        Post(parse_smtp(f"smtp://{user}@{server.place}", "hush-hush", cafile)).__enter__()
    failed = caught.value
    assert (failed.code, failed.exit_code) == ("mail-not-delivered", 1)
    assert f"535 No entry for {user} with ***" in failed.message
    assert "hush" not in f"{failed!r}{failed.message}{failed.hint}{failed.__cause__}"


@pytest.mark.parametrize("encoded", ["hush-hush", "\0clerk\0hush-hush"])
def test_a_server_that_repeats_the_secret_encoded(serve: Serve, encoded: str) -> None:
    echoed = b64encode(encoded.encode()).decode()
    inbox = answering(AUTH=f"535 {echoed} is wrong")
    server = serve(inbox, auth_require_tls=False)
    with pytest.raises(DeliveryFailed, match=r"535 \*\*\* is wrong"):
        Post(parse_smtp(f"smtp://clerk@{server.place}", "hush-hush")).__enter__()


def test_a_server_without_login(serve: Serve) -> None:
    server = serve(auth_exclude_mechanism=["LOGIN", "PLAIN"], auth_require_tls=False)
    with pytest.raises(DeliveryFailed, match="mail server"):
        Post(parse_smtp(f"smtp://clerk@{server.place}", "hush")).__enter__()


def test_a_server_that_turns_us_away(serve: Serve) -> None:
    server = serve()

    async def turn_away(server: Any, session: Any, envelope: Any, name: str, answers: Any = None) -> Any:
        return "554 Not from here" if answers is None else ["554 Not from here"]

    server.inbox.handle_EHLO = turn_away
    server.inbox.handle_HELO = lambda *args: turn_away(*args[:4])
    with pytest.raises(DeliveryFailed, match="refused: 554 Not from here"):
        Post(parse_smtp(f"smtp://{server.place}")).__enter__()


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 No such user", True), ("450 Come back later", False)]
)
def test_a_refused_recipient_does_not_stop_the_others(
    answer: str, permanent: bool, serve: Serve, message: Make
) -> None:
    server = serve()

    async def refuse_gone(*args: Any) -> str:
        *_, envelope, address, _ = args
        if address == "gone@example.org":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    server.inbox.handle_RCPT = refuse_gone
    with Post(parse_smtp(f"smtp://{server.place}")) as post:
        post.send(message("first@example.org"))
        with pytest.raises(MessageRefused) as caught:
            post.send(message("gone@example.org"))
        post.send(message("last@example.org"))
    assert caught.value.permanent is permanent
    assert f"the message to gone@example.org: {answer}" in caught.value.message
    assert caught.value.code == "mail-not-delivered"
    assert [envelope.rcpt_tos for envelope in server.inbox.taken] == [
        ["first@example.org"],
        ["last@example.org"],
    ]


@pytest.mark.parametrize(("answer", "permanent"), [("554 Looks like spam", True), ("451 Try later", False)])
def test_a_refused_text_does_not_stop_the_others(
    answer: str, permanent: bool, serve: Serve, message: Make
) -> None:
    server = serve(answering(DATA=answer))
    with Post(parse_smtp(f"smtp://{server.place}")) as post:
        for number in (1, 2):
            with pytest.raises(MessageRefused, match=answer) as caught:
                post.send(message(number=number))
            assert caught.value.permanent is permanent


def test_a_message_too_large_is_refused_alone(serve: Serve, message: Make) -> None:
    server = serve(data_size_limit=100)
    with Post(parse_smtp(f"smtp://{server.place}")) as post, pytest.raises(MessageRefused, match="552"):
        post.send(message())


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_what_ends_the_session_is_told_in_its_own_words(step: str, serve: Serve, message: Make) -> None:
    server = serve(answering(**{step: "421 Closing"}))
    with (
        Post(parse_smtp(f"smtp://{server.place}")) as post,
        pytest.raises(SessionEnded, match="421 Closing"),
    ):
        post.send(message())


def test_a_refused_sender_blames_the_sender(serve: Serve, message: Make) -> None:
    server = serve(answering(MAIL="553 Not yours"))
    with Post(parse_smtp(f"smtp://{server.place}")) as post, pytest.raises(DeliveryFailed) as caught:
        post.send(message("helene@example.org"))
    assert "takes no mail from training@example.org: 553 Not yours" in caught.value.message
    assert "helene" not in caught.value.message
    assert "mail_from" in caught.value.hint
    assert not isinstance(caught.value, MessageRefused | SessionEnded)


def test_a_server_that_wants_tokens_is_named(serve: Serve) -> None:
    async def ehlo(_server: Any, session: Any, _envelope: Any, name: str, _answers: Any) -> list[str]:
        session.host_name = name
        return ["250-mail.example.org", "250 AUTH XOAUTH2 OAUTHBEARER"]

    server = serve(auth_exclude_mechanism=["LOGIN", "PLAIN"], auth_require_tls=False)
    server.inbox.handle_EHLO = ehlo
    with pytest.raises(DeliveryFailed, match="by XOAUTH2, OAUTHBEARER only") as caught:
        Post(parse_smtp(f"smtp://clerk@{server.place}", "hush")).__enter__()
    assert "app password" in caught.value.hint


def test_it_greets_with_the_name_that_is_set(serve: Serve, message: Make) -> None:
    server = serve()
    smtp = replace(parse_smtp(f"smtp://{server.place}"), helo="training.maple.example")
    with Post(smtp) as post:
        post.send(message())
    assert server.inbox.sessions[0].host_name == "training.maple.example"


def test_an_accented_recipient(serve: Serve, message: Make) -> None:
    modern, old = serve(), serve(enable_SMTPUTF8=False)
    with Post(parse_smtp(f"smtp://{modern.place}")) as post:
        post.send(message("hélène@example.org"))
    assert modern.inbox.taken[0].rcpt_tos == ["hélène@example.org"]
    with Post(parse_smtp(f"smtp://{old.place}")) as post:
        with pytest.raises(MessageRefused, match=r"cannot write to hélène@example\.org"):
            post.send(message("hélène@example.org"))
        post.send(message("helene@example.org"))


def test_a_folder_takes_the_place_of_a_server(tmp_path: Path, message: Make) -> None:
    folder = tmp_path / "new" / "outbox"
    sent = message()
    with EmlFolder(folder) as post:
        post.send(sent)
        post.send(message("hélène@example.org", number=8))
        post.send(message())  # the same again: the same file
    first, second = sorted(folder.iterdir())
    assert first.name == f"{sent['Message-ID'][1:].partition('@')[0]}.eml"
    assert first.read_bytes() == sent.as_bytes()
    assert "hélène@example.org".encode() in second.read_bytes()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, first, second)] == [0o700, 0o600, 0o600]


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeliveryFailed, match="cannot be written"):
        EmlFolder(tmp_path / "file").__enter__()


def test_a_file_is_whole_or_not_there(tmp_path: Path, message: Make) -> None:
    sent = message()
    taken = tmp_path / f"{sent['Message-ID'][1:].partition('@')[0]}.eml"
    taken.mkdir()  # so that the last step, the renaming, fails
    with EmlFolder(tmp_path) as post, pytest.raises(DeliveryFailed, match="cannot be written"):
        post.send(sent)
    assert os.listdir(tmp_path) == [taken.name]
