"""`carepass notify run` against a real mail server, and what arrives there."""
# ruff: noqa: F811  (fixtures that are imported, and asked for by name)

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.conftest import Carepass, Ran, assign, person
from tests.mail.server import (  # noqa: F401  (fixtures)
    MailServer,
    authority,
    cafile,
    certified,
    credentials,
    serve,
    with_login,
)
from tests.shelf import kept

Letters = list[EmailMessage]


class Office:
    """Runs `carepass notify run`; a call gives the letters that arrived by it. `ran` is how it ended."""

    def __init__(self, carepass: Carepass, server: MailServer) -> None:
        self.carepass = carepass
        self.server = server
        self.ran = Ran(0, "", "")

    def __call__(self, today: str | None = None, *more: str, code: int = 0) -> Letters:
        before = len(self.server.inbox.taken)
        line = ("notify", "run", "--smtp", self.url, *more)
        self.ran = self.carepass(*line, today=today, code=code)
        return self.letters()[before:]

    @property
    def url(self) -> str:
        return f"smtp://{self.server.place}"

    def letters(self) -> Letters:
        """All that ever arrived."""
        return [read(envelope.content) for envelope in self.server.inbox.taken]

    def status(self) -> dict[int, str]:
        """The messages of the outbox, by number."""
        return {row["id"]: row["status"] for row in self.carepass.rows("notify", "list")}


def read(content: bytes) -> Any:
    """A letter as a mail program reads it."""
    return message_from_bytes(content, policy=policy.default)


def text_of(letter: EmailMessage) -> str:
    """The plain text, as one line: where lines break does not matter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def subjects(letters: Letters) -> list[str]:
    return [str(letter["Subject"]) for letter in letters]


def receivers(letters: Letters) -> list[str]:
    return [str(letter["To"]) for letter in letters]


@pytest.fixture
def office(staff: Carepass, serve: Callable[..., MailServer]) -> Office:
    """A server, and the home with a confirmed psw, to whom nothing is to be said yet."""
    return Office(staff, serve())


@pytest.fixture
@kept
def written_to(home: Carepass) -> Carepass:
    """Five people at the home, each of whom is to be asked to confirm the account: five letters wait."""
    for number in range(1, 6):
        person(home, f"Person{number}", "Exemplaire", f"p{number}@example.org")
    return home


@pytest.fixture
def five(written_to: Carepass, serve: Callable[..., MailServer]) -> Office:
    """The five who are written to, and a server that takes their mail."""
    return Office(written_to, serve())


def staff_member(carepass: Carepass, name: str, *more: str, completed: str | None = None) -> None:
    """Somebody with a confirmed psw role, `name@example.org`, and IPAC-101 completed on a day."""
    person(carepass, name.title(), "Exemplaire", f"{name}@example.org", *more)
    assign(carepass, f"{name}@example.org")
    at = ("--home", "maple-grove", "--role", "psw")
    carepass("role", "confirm", "--account", f"{name}@example.org", *at)
    if completed:
        carepass("record", "add", f"{name}@example.org", "IPAC-101", "--on", completed)
