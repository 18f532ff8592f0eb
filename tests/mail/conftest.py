"""Params of every kind of letter, and a server to send them to."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from carepass_cli.mail.message import message_for
from carepass_cli.mail.render import Letter, Part, compose
from tests.mail.server import (  # noqa: F401  (fixtures)
    authority,
    cafile,
    certified,
    credentials,
    serve,
    with_login,
)

PARAMS: dict[str, dict[str, Any]] = {
    "confirm-account": {"first_name": "Hélène", "portal_id": "1001", "token": "abcd2345efgh6789"},
    "confirm-role": {
        "first_name": "Hélène",
        "home_name": "Sample Grove",
        "role_name": "Personal support worker",
        "token": "abcd2345efgh6789",
        "expires_on": "2026-12-05",
    },
    "decision": {
        "first_name": "Hélène",
        "lines": [
            {
                "code": "IPAC-101",
                "title": "Infection prevention",
                "decision": "approved",
                "reason": "employer-pays",
                "payer": "employer",
                "access_by": "2026-11-24",
            },
            {
                "code": "FIRE-1",
                "title": "Fire safety",
                "decision": "rejected",
                "reason": "already-valid",
                "payer": None,
                "access_by": None,
            },
            {
                "code": "LIFT-1",
                "title": "Safe lifting",
                "decision": "approved",
                "reason": "Agreed at the interview",
                "payer": "learner",
                "access_by": "2026-11-24",
            },
            {
                "code": "DEM-2",
                "title": "Dementia care",
                "decision": "submitted",
                "reason": "employer-pays",
                "payer": "employer",
                "access_by": None,
            },
        ],
    },
    "access": {
        "first_name": "Hélène",
        "code": "IPAC-101",
        "title": "Infection prevention",
        "access_on": "2026-11-21",
        "complete_by": "2026-12-05",
    },
    "reminder": {
        "first_name": "Hélène",
        "code": "IPAC-101",
        "title": "Infection prevention",
        "expires_on": "2026-12-21",
        "days_left": 30,
        "late": False,
    },
    "digest": {
        "home_name": "Sample Grove",
        "rows": [
            {
                "last_name": "Tremblay",
                "first_name": "Hélène",
                "portal_id": "1001",
                "role": "psw",
                "code": "IPAC-101",
                "title": "Infection prevention",
                "expires_on": "2026-11-01",
                "days_left": -20,
            }
        ],
    },
}


def compose_one(kind: str, language: str, params: dict[str, Any]) -> Letter:
    """The letter that says one thing."""
    return compose([Part(kind, params)], language)


@pytest.fixture
def params() -> dict[str, dict[str, Any]]:
    """Params of every kind."""
    return PARAMS


@pytest.fixture
def message() -> Callable[..., EmailMessage]:
    """A message ready to send: `message(to)`."""

    def make(to: str = "helene@example.org", number: int = 7, language: str = "fr") -> EmailMessage:
        letter = compose_one("confirm-role", language, PARAMS["confirm-role"])
        sent_at = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
        return message_for(letter, to, "training@example.org", [number], "2026-11-21", sent_at)

    return make
