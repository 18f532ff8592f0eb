"""The passport: the file that a person carries, and what it is worth on a day.

A JSON file: `credentials`, a signed token for each completion, and `status_lists`, the issuer's signed
list of what it has revoked. Nothing outside the signed tokens is believed.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from carepass_cli.badges.port import Badges, Credential, StatusList
from carepass_cli.errors import Refused, UsageError
from carepass_cli.files import Kind
from carepass_cli.rules.hashes import sha256

FORMAT = "carepass-passport"
STATUS_FORMAT = "carepass-status-list"
# After this long a status list is no word on what has been revoked since.
STATUS_LIST_DAYS = 365
MOST_BYTES = 50_000_000
IMAGES = (b"\x89PNG", b"<svg", b"<?xml", b"<!DOCTYPE svg")


class Passport(NamedTuple):
    """What is in a file: the credentials, all of one person, and the status lists; signatures checked."""

    credentials: tuple[Credential, ...]
    lists: tuple[StatusList, ...]
    fingerprint: str

    def status(self, credential: Credential, today: date) -> str:
        """What a credential is worth on a day.

        `revoked`, `not-yet-valid`, `expired`, `no-status-list` (its issuer's is not there),
        `stale-status-list` (the newest is too old to be relied on), else `valid`.
        """
        lists = self.lists_for(credential)
        # What was revoked once stays so, however old the list that says it.
        if credential.list_index is not None and any(each.revokes(credential.list_index) for each in lists):
            return "revoked"
        if credential.completed_on > today:
            return "not-yet-valid"
        if credential.last_day is not None and credential.last_day < today:
            return "expired"
        if credential.list_id is None:
            return "valid"
        if not lists:
            return "no-status-list"
        newest_at = max(each.issued_at for each in lists)
        newest = [each for each in lists if each.issued_at == newest_at]
        if not any(each.until_on is None or each.until_on >= today for each in newest):
            return "stale-status-list"
        return "valid"

    def lists_for(self, credential: Credential) -> list[StatusList]:
        """The status lists that the credential has its place in."""
        return [each for each in self.lists if (each.id, each.issuer) == _place(credential)]


def passport_bytes(tokens: list[str], lists: list[str]) -> bytes:
    """A passport's file."""
    return _json({"format": FORMAT, "version": 1, "credentials": tokens, "status_lists": lists})


def status_list_bytes(lists: list[str]) -> bytes:
    """The file of status lists alone, for those who hold older passports."""
    return _json({"format": STATUS_FORMAT, "version": 1, "status_lists": lists})


def read_passport(
    badges: Badges, path: str, status_list: str | None = None, kept: Iterable[str] = ()
) -> Passport:
    """Read and check a passport, a single token, or a badge image; `status_list` names a file with newer
    status lists (a passport has some, too), and `kept` are the newest lists seen before.

    Raises UsageError for a file that cannot be read, Refused (`not-a-passport`, `mixed-holders`,
    `foreign-status-list`, `stale-status-list`) and BadCredential for one that is not to be believed.
    """
    tokens, listed = _content(badges, path)
    credentials = tuple(badges.verify(token) for token in dict.fromkeys(tokens))
    if len({credential.subject for credential in credentials}) > 1:
        raise Refused(
            f"{path} holds credentials of more than one person.",
            "Do not rely on it; ask the person for the file again.",
            code="mixed-holders",
        )
    known = {_place(credential) for credential in credentials}
    lists = _lists(badges, listed)
    # Those that travel along must be theirs; a file of lists may have some of other issuers, too.
    if credentials and any((each.id, each.issuer) not in known for each in lists):
        raise Refused(
            f"The status list in {path} is not that of the credentials' issuer.",
            "Do not rely on it; ask the person for the file again.",
            code="foreign-status-list",
        )
    lists += _lists(badges, kept)
    if status_list is not None:
        newer = _lists(badges, _content(badges, status_list)[1])
        _refuse_older(newer, lists, status_list)
        lists += newer
    return Passport(credentials, tuple(lists), fingerprint(tokens))


def _lists(badges: Badges, tokens: Iterable[str]) -> list[StatusList]:
    return [badges.verify_status_list(token) for token in dict.fromkeys(tokens)]


def _refuse_older(newer: list[StatusList], seen: list[StatusList], path: str) -> None:
    for each in newer:
        if any(
            (other.id, other.issuer) == (each.id, each.issuer) and other.supersedes(each) for other in seen
        ):
            raise Refused(
                f"The status list in {path} is of {each.issued_at:%Y-%m-%d}; a newer one was seen.",
                "Ask the issuer for its newest list; without --status-list the newest one seen counts.",
                code="stale-status-list",
            )


def issuer_of(badges: Badges, named: str) -> str:
    """The DID that is named, or the one that signed the passport in the file that is named.

    Raises BadCredential for a DID that is no Ed25519 did:key, UsageError for a passport of several issuers.
    """
    if named.startswith("did:"):
        badges.check_did(named)
        return named
    found = sorted({credential.issuer for credential in read_passport(badges, named).credentials})
    if len(found) != 1:
        raise UsageError(
            f"{named} has {len(found)} issuers.", "Give the DID of the one that you trust: did:key:..."
        )
    return found[0]


def fingerprint(tokens: Iterable[str]) -> str:
    """The passport's SHA-256, in hexadecimal: the same credentials have the same, in any order."""
    return sha256("\n".join(sorted(set(tokens))).encode()).hexdigest()


def _place(credential: Credential) -> tuple[str | None, str]:
    return credential.list_id, credential.issuer


def _content(badges: Badges, path: str) -> tuple[list[str], list[str]]:
    content = _read(path)
    if content.lstrip()[:14].startswith(IMAGES):
        return [badges.extract(content)], []
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _foreign(path) from None
    if text.count(".") == 2 and text.startswith("eyJ"):
        return [text.strip()], []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _foreign(path, "or was cut short") from None
    if not isinstance(found, dict) or not {"credentials", "status_lists"} & found.keys():
        raise _foreign(path)
    return _tokens(found.get("credentials", []), path), _tokens(found.get("status_lists", []), path)


def _tokens(found: Any, path: str) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _foreign(path)
    return found


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}.", "Check the path.", code="unusable-file"
        ) from None
    if len(content) > MOST_BYTES:
        raise _foreign(path)
    return content


def _foreign(path: str, more: str = "") -> Refused:
    return Refused(
        f"{path} is not a passport{', ' + more if more else ''}.",
        "A passport is made by: carepass passport export ACCOUNT FILE",
        code="not-a-passport",
    )


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode()


def _has(*marks: bytes) -> Callable[[Path], bool]:
    """Whether a file has one of these words in its first 64 KB."""

    def look(path: Path) -> bool:
        with path.open("rb") as file:
            head = file.read(1 << 16)
        return any(mark in head for mark in marks)

    return look


PASSPORT = Kind("passport of carepass", _has(f'"format": "{FORMAT}"'.encode()))
STATUS_LIST = Kind("status list of carepass", _has(f'"format": "{STATUS_FORMAT}"'.encode()))
BADGE = Kind("badge image", _has(b"openbadgecredential", b"openbadges:credential"))
