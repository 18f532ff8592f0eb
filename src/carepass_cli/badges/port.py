"""The port: all that carepass asks of a library for signed credentials, in plain values.

A credential is an Open Badges 3.0 credential as a compact JWT (VC-JWT), signed with Ed25519 by the key
that its issuer's `did:key` names. Checking one needs no network and no store. Whether it has expired
or is revoked is not the port's question but `badges.passport`'s, which knows the day.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from carepass_cli.errors import Refused
from carepass_cli.rules.hashes import sha256

# What is no date in a credential is derived from names, so that the same award is the same credential.
NAMES = uuid.UUID("6f1f0d0a-6d6d-5c1c-9d9c-0d2a3c0f5b11")


class BadCredential(Refused):
    """A token that is not what it claims to be. `code` says what is wrong with it:

    `malformed-credential` (no signed token, or cut short), `wrong-algorithm` (none, or not Ed25519),
    `unknown-issuer-kind` (not a did:key), `wrong-key` (another key than the issuer's), `bad-signature`,
    `not-a-credential` (signed, and something else), `claims-disagree` (the token contradicts itself).
    """

    default_code = "malformed-credential"

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, "Do not rely on it; ask the person for the file again.", code=code)


class Key(NamedTuple):
    """A signing key: the private half as PEM, and the `did:key` that its public half is."""

    pem: bytes
    did: str


class Holder(NamedTuple):
    """Whom credentials are about. `subject` is a URN that says nothing about the person.

    The e-mail address is written as a salted hash only.
    """

    subject: str
    name: str
    email: str


class Award(NamedTuple):
    """One completion to be vouched for.

    `last_day` is its last valid day; None never expires. `category` is one of `rules.category`. Its own for
    ever are `credential` (a URN), `list_index`, its place in status lists, and `signed_on`, the day on which
    it was first signed.
    """

    record: int
    code: str
    title: str
    provider: str
    minutes: int
    language: str | None
    completed_on: date
    last_day: date | None
    category: str
    credential: str
    list_index: int
    signed_on: date


class Credential(NamedTuple):
    """What a token says whose signature is its issuer's.

    `email_hash` and `salt` tell whom it is about (`belongs_to`); `list_id` and `list_index` are its place
    in the issuer's status list, None where it has none and cannot be revoked. `signed_on` is the day on
    which it was first signed, where it says so.
    """

    id: str
    issuer: str
    issuer_name: str
    subject: str
    holder: str
    email_hash: str
    salt: str
    code: str
    title: str
    provider: str
    completed_on: date
    last_day: date | None
    list_id: str | None
    list_index: int | None
    signed_on: date | None = None

    def belongs_to(self, email: str) -> bool:
        """Whether it is about the person with this e-mail address (in any case)."""
        return self.email_hash == email_hash(email, self.salt)


class StatusList(NamedTuple):
    """An issuer's list of what it has revoked, as it stood at `issued_at`; to be relied on through
    `until_on` (None: for ever). `bits` has one bit for each index, the first the highest. `token` is the
    signed list itself."""

    id: str
    issuer: str
    issued_at: datetime
    until_on: date | None
    bits: bytes
    token: str = ""

    def revokes(self, index: int) -> bool:
        """Whether the credential at `index` is revoked; beyond the list's end nothing is."""
        place, bit = divmod(index, 8)
        return place < len(self.bits) and bool(self.bits[place] & (0x80 >> bit))

    def includes(self, other: "StatusList") -> bool:
        """Whether all that `other` revokes is revoked here."""
        most = max(len(self.bits), len(other.bits))
        mine, its = (int.from_bytes(each.bits.ljust(most, b"\0")) for each in (self, other))
        return mine | its == mine

    def supersedes(self, other: "StatusList") -> bool:
        """Whether it is the newer one: of two of one instant the one that revokes more, as no list forgets a
        revocation."""
        if self.issued_at != other.issued_at:
            return self.issued_at > other.issued_at
        return self.includes(other) and not other.includes(self)


class Badges(Protocol):
    """What a library has to do."""

    def new_key(self) -> Key:
        """Make a key."""
        ...

    def check_key(self, key: Key) -> None:
        """Raise Refused (`key-mismatch`) unless the private half is that of the key's DID."""
        ...

    def check_did(self, did: str) -> None:
        """Raise BadCredential unless `did` is a did:key of an Ed25519 key."""
        ...

    def issue(self, key: Key, issuer_name: str, holder: Holder, awards: Sequence[Award]) -> list[str]:
        """Sign a credential for each award. The same award gives the same token.

        This and the next raise Refused (`key-mismatch`) as `check_key` does."""
        ...

    def verify(self, token: str) -> Credential:
        """Check a token's signature and form. Raises BadCredential."""
        ...

    def issue_status_list(self, key: Key, revoked: Iterable[int], issued_at: datetime, until_on: date) -> str:
        """Sign the list of the indices that are revoked."""
        ...

    def verify_status_list(self, token: str) -> StatusList:
        """Check a status list's signature and form. Raises BadCredential."""
        ...

    def sign_bytes(self, key: Key, content: bytes) -> str:
        """A compact JWS over `content`, which names its key; the same content gives the same token."""
        ...

    def verify_bytes(self, token: str) -> tuple[str, bytes]:
        """The did:key that signed, and what was signed. Raises BadCredential."""
        ...

    def bake(self, token: str, image: bytes) -> bytes:
        """Put a token into an SVG or PNG image."""
        ...

    def extract(self, image: bytes) -> str:
        """The token in an SVG or PNG image. Raises BadCredential where there is none."""
        ...


def email_hash(email: str, salt: str) -> str:
    """The salted hash of an e-mail address, as Open Badges 3.0 writes it; in any case the same."""
    return "sha256$" + sha256((email.casefold() + salt).encode()).hexdigest()


def urn(name: str) -> str:
    """A URN that stands for a name: the same name has the same."""
    return f"urn:uuid:{uuid.uuid5(NAMES, name)}"


def numbered_credential(did: str, record: int) -> str:
    """The id that credentials had up to version 0.1, when it was made of the record's number (which was their
    index, too); passports with such ids are still about."""
    return urn(f"{did}/record/{record}")
