"""A home that signs, another that reads, and tokens to tamper with."""

import base64
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.badges.port import Award, Badges, Holder, Key, load_badges

HOLDER = Holder("urn:uuid:0a0a0a0a-0000-4000-8000-000000000001", "Hélène O'Brien", "Helene@example.org")
OTHER = Holder("urn:uuid:0a0a0a0a-0000-4000-8000-000000000002", "Ada Example", "ada@example.org")
ANNUAL = Award(
    7, "IPAC-101", "Infection control", "Sample College", 30, "en", date(2026, 11, 1), date(2027, 11, 1)
)
ONCE = Award(8, "WHMIS-1", "WHMIS – le système", "Collège Étoile", 60, None, date(2024, 7, 1), None)
SUMMER = Award(9, "FIRE-1", "Fire", "In-house", 20, "fr", date(2026, 7, 1), date(2027, 7, 1))
AWARDS = [ANNUAL, ONCE, SUMMER]


@pytest.fixture
def badges() -> Badges:
    return load_badges()


@pytest.fixture
def key(badges: Badges) -> Key:
    return badges.new_key()


@pytest.fixture
def tokens(badges: Badges, key: Key) -> list[str]:
    return badges.issue(key, "Maple Grove", HOLDER, AWARDS)


@pytest.fixture
def token(tokens: list[str]) -> str:
    return tokens[0]


def part(token: str, at: int) -> dict[str, Any]:
    """The header (0) or the payload (1) of a token, unchecked."""
    text = token.split(".")[at]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def packed(content: dict[str, Any]) -> str:
    """A header or payload as it stands in a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def signed(key: Key, payload: dict[str, Any], header: dict[str, Any] | None = None) -> str:
    """Any payload, signed with cryptography alone."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    start = f"{packed(header or {'alg': 'EdDSA', 'typ': 'JWT'})}.{packed(payload)}"
    private: Any = load_pem_private_key(key.pem, None)
    end = base64.urlsafe_b64encode(private.sign(start.encode())).rstrip(b"=").decode()
    return f"{start}.{end}"


Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a passport's file, of tokens and status lists as they are given."""

    def passport(credentials: list[str], lists: list[str] | None = None, name: str = "p.json") -> str:
        path = tmp_path / name
        path.write_text(json.dumps({"credentials": credentials, "status_lists": lists or []}))
        return str(path)

    return passport
