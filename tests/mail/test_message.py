"""From a letter to an Internet message: headers that every server and reader takes."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carepass_cli.errors import InvalidValue
from carepass_cli.mail.message import message_for
from carepass_cli.mail.render import Letter
from tests.mail.conftest import compose_one

SENT_AT = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


def read_back(message: EmailMessage) -> Any:
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def written(**changed: Any) -> EmailMessage:
    given = {"to": "helene@example.org", "mail_from": "training@example.org", "numbers": [7]}
    letter = Letter("Subject", "Text\n", "<p>Text</p>\n")
    return message_for(letter, **{**given, "queued_on": "2026-11-20", "sent_at": SENT_AT, **changed})


def test_headers() -> None:
    message = read_back(written(mail_from="Sample Grove Training <training@example.org>"))
    assert message["From"] == "Sample Grove Training <training@example.org>"
    assert message["To"] == "helene@example.org"
    assert message["Date"].datetime == SENT_AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].startswith("<carepass.000007.")
    assert message["Message-ID"].endswith("@example.org>")
    assert message.get_content_type() == "multipart/alternative"
    assert [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()] == [
        ("text/plain", "utf-8"),
        ("text/html", "utf-8"),
    ]


def test_the_same_message_is_the_same_to_the_byte() -> None:
    assert written().as_bytes() == written().as_bytes()


def test_the_message_id_outlives_a_second_attempt() -> None:
    again = written(sent_at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    assert again["Message-ID"] == written()["Message-ID"]
    assert again["Date"] != written()["Date"]


@pytest.mark.parametrize(
    "other",
    [{"numbers": [8]}, {"numbers": [7, 8]}, {"to": "other@example.org"}, {"queued_on": "2026-11-21"}],
    ids=lambda o: next(iter(o)),
)
def test_another_message_has_another_id(other: dict[str, Any]) -> None:
    assert written(**other)["Message-ID"] != written()["Message-ID"]


@pytest.mark.parametrize("field", ["to", "mail_from"])
@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n",
        "a@example.org,b@example.org",
        "Name\r\nBcc: b@example.org <a@example.org>",
        "a@b..example.org",
        "a",
        "",
    ],
)
def test_what_is_not_one_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(InvalidValue):
        written(**{field: address})


def test_an_accented_domain_is_written_for_every_server() -> None:
    assert written(to="helene@foyer-érable.example")["To"] == "helene@xn--foyer-rable-gbb.example"


def test_an_accented_sender_name() -> None:
    name = "Foyer Les Érables, formation et perfectionnement du personnel soignant d’été"
    header = message_from_bytes(written(mail_from=f"{name} <training@example.org>").as_bytes())["From"]
    assert str(make_header(decode_header(header))) == f"{name} <training@example.org>"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), max_size=200)


@given(words)
@example("contrôle 日本 contrôle des infections à la (LTC-101) été l’hygiène des mains niño prévention")
@example("=?utf-8?q?x=0D=0ABcc:_a@example.org?=")
@example("é" * 200)
def test_a_title_arrives_as_it_was(title: str) -> None:
    facts = {
        "first_name": "H",
        "code": "C",
        "title": title,
        "access_on": "2026-11-21",
        "complete_by": "2026-12-05",
    }
    letter = compose_one("access", "fr", facts)
    sent = message_for(letter, "h@example.org", "t@example.org", [1], "2026-11-21", SENT_AT)
    message = read_back(sent)
    assert str(message["Subject"]) == letter.subject
    assert message["Bcc"] is None
    text, html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert html.get_content().replace("\r\n", "\n") == letter.html
    assert max(map(len, sent.as_bytes().split(b"\r\n"))) <= 998


def test_the_command_can_be_read_in_the_raw_message(message: Callable[..., EmailMessage]) -> None:
    assert b"\r\ncarepass role confirm abcd2345efgh6789\r\n" in message().as_bytes()
