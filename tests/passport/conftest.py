"""A home that signs, another that reads, and tokens to tamper with."""

import base64
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.badges.installed import load_badges
from carepass_cli.badges.port import Award, Badges, Holder, Key
from tests.conftest import Carepass, course, person

HOLDER = Holder("urn:uuid:0a0a0a0a-0000-4000-8000-000000000001", "Hélène O'Brien", "Helene@example.org")
OTHER = Holder("urn:uuid:0a0a0a0a-0000-4000-8000-000000000002", "Ada Example", "ada@example.org")
DAY = date(2026, 11, 21)
ANNUAL = Award(
    7, "IPAC-101", "Infection control", "Sample College", 30, "en", date(2026, 11, 1), date(2027, 11, 1),
    "badge", "urn:uuid:0b0b0b0b-0000-4000-8000-000000000007", 70, DAY,
)  # fmt: skip
ONCE = Award(
    8, "WHMIS-1", "WHMIS – le système", "Collège Étoile", 60, None, date(2024, 7, 1), None,
    "badge", "urn:uuid:0b0b0b0b-0000-4000-8000-000000000008", 80, DAY,
)  # fmt: skip
SUMMER = Award(
    9, "FIRE-1", "Fire", "In-house", 6000, "fr", date(2026, 7, 1), date(2027, 7, 1),
    "certificate-of-training", "urn:uuid:0b0b0b0b-0000-4000-8000-000000000009", 90, DAY,
)  # fmt: skip
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


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of `maple` is kept once it is built."""
    return tmp_path_factory.mktemp("maple") / "carepass.db"


@pytest.fixture
def maple(carepass: Carepass, kept: Path, request: pytest.FixtureRequest) -> Carepass:
    """The home with a person who has completed an annual course and one that never expires."""
    if kept.exists() and "://" not in carepass.db:
        shutil.copy(kept, carepass.db)
        return carepass
    staff: Carepass = request.getfixturevalue("staff")
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2020-06-01")
    if "://" not in carepass.db:
        with closing(sqlite3.connect(staff.db)) as built, closing(sqlite3.connect(kept)) as copy:
            built.backup(copy)
    return staff


@pytest.fixture
def file(maple: Carepass, tmp_path: Path) -> str:
    """The person's passport."""
    path = str(tmp_path / "passport.json")
    maple("passport", "export", "1000", path)
    return path


@pytest.fixture
def cedar(template: Path, tmp_path: Path) -> Carepass:
    """Another home's store, where the same person has just been made an account; IPAC-101 is known."""
    db = tmp_path / "cedar" / "carepass.db"
    db.parent.mkdir()
    shutil.copy(template, db)
    there = Carepass(str(db))
    course(there, "IPAC-101", "--validity-years", "1")
    person(there, "Hélène", "O'Brien-Roy", "HELENE@example.org")
    return there


def verified(home: Carepass, file: str, *more: str, today: str | None = None) -> dict[str, str]:
    rows = home("passport", "verify", file, *more, "-o", "json", today=today).json
    return {row["code"]: row["status"] for row in rows}
