"""The ledger of what a store's keys have signed: a file beside the keys, to which lines are only ever added.

It outlives what happens to the store: after an undo, a restore or an erasure a credential is still what it
was, and what was revoked stays revoked. Nothing in it is personal: a record is known by its number and the
instant of the change that made it, as a number alone is given again after a restore.

Each line is a JSON object, `on` its day: `{"key", "home", "on"}`, `{"given_up", "since", "on"}` (a key that
somebody else may have had since a day), `{"credential", "index", "record", "made_at", "on"}`, or
`{"revoked", "on"}` (an index).
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from carepass_cli.errors import Refused, UsageError
from carepass_cli.files import add_to_file

NAME = "signed.jsonl"


class Origin(NamedTuple):
    """A record, whatever becomes of the store: its number, and the instant (UTC) that it was made."""

    record: int
    made_at: str


class Identity(NamedTuple):
    """What a credential keeps for ever: its id, its place in status lists, the day it was first signed."""

    credential: str
    list_index: int
    signed_on: date


class Ledger:
    """What the file of a key folder says; empty where there is none."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._identities: dict[Origin, Identity] = {}
        self._keys: list[tuple[str, str]] = []
        self._revoked: dict[int, date] = {}
        self._given_up: dict[str, tuple[date, date]] = {}
        self._end = 0
        self._read()

    def identity_of(self, origin: Origin) -> Identity | None:
        """What the credential of a record keeps, if it was signed."""
        return self._identities.get(origin)

    def find(self, credential: str) -> tuple[Origin, Identity] | None:
        """The record that a credential is of, by the credential's id."""
        return next((each for each in self._identities.items() if each[1].credential == credential), None)

    def indices(self) -> set[int]:
        """All indices that were ever given."""
        return {each.list_index for each in self._identities.values()}

    def signers(self) -> list[tuple[str, str]]:
        """The keys that ever signed here, as DIDs, each with the code of its home."""
        return list(self._keys)

    def given_up(self, did: str, today: date) -> date | None:
        """The day since which somebody else may have had a key, as it is known on `today`."""
        since, on = self._given_up.get(did, (date.max, date.max))
        return since if on <= today else None

    def revoked(self, today: date) -> set[int]:
        """The indices that were revoked by `today`."""
        return {index for index, on in self._revoked.items() if on <= today}

    def add_key(self, did: str, home: str, on: date) -> None:
        """A home has a new key."""
        if (did, home) not in self._keys:
            self._append([{"key": did, "home": home, "on": str(on)}])
            self._keys.append((did, home))

    def add_given_up(self, did: str, since: date, on: date) -> None:
        """Somebody else may have had a key since a day."""
        self._append([{"given_up": did, "since": str(since), "on": str(on)}])
        self._given_up[did] = since, on

    def add_identities(self, found: dict[Origin, Identity]) -> None:
        """Records are about to be signed for the first time."""
        new = {origin: each for origin, each in found.items() if origin not in self._identities}
        self._append(
            {
                "credential": each.credential,
                "index": each.list_index,
                "record": origin.record,
                "made_at": origin.made_at,
                "on": str(each.signed_on),
            }
            for origin, each in new.items()
        )
        self._identities |= new

    def add_revoked(self, indices: Iterable[int], on: date) -> None:
        """What has these indices is revoked, from `on` on."""
        new = sorted({index for index in indices if self._revoked.get(index, date.max) > on})
        self._append({"revoked": index, "on": str(on)} for index in new)
        self._revoked |= dict.fromkeys(new, on)

    def _read(self) -> None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise UsageError(
                f"{self._path} cannot be read: {error.strerror}.", "Check the permissions of the key folder."
            ) from None
        # What a killed process left of a line was never acted upon: the next line takes its place.
        *whole, rest = content.split(b"\n")
        self._end = len(content) - len(rest)
        for number, line in enumerate(whole, start=1):
            try:
                self._take(json.loads(line))
            except (ValueError, TypeError, KeyError, RecursionError):
                raise self._damaged(number) from None

    def _take(self, line: dict[str, Any]) -> None:
        on = date.fromisoformat(line["on"])
        if "key" in line:
            self._keys.append((str(line["key"]), str(line["home"])))
        elif "given_up" in line:
            self._given_up[str(line["given_up"])] = date.fromisoformat(line["since"]), on
        elif "revoked" in line:
            index = int(line["revoked"])
            self._revoked[index] = min(on, self._revoked.get(index, date.max))
        else:
            origin = Origin(int(line["record"]), str(line["made_at"]))
            self._identities[origin] = Identity(str(line["credential"]), int(line["index"]), on)

    def _append(self, lines: Iterable[dict[str, Any]]) -> None:
        """Add lines; they are on the disk when this returns. Only inside a unit of work, where nobody else
        adds any."""
        added = "".join(json.dumps(line) + "\n" for line in lines).encode()
        if not added:
            return
        try:
            add_to_file(self._path, self._end, added)
        except OSError as error:
            raise UsageError(
                f"{self._path} cannot be written: {error.strerror}.",
                "Nothing was signed or revoked. Check the folder and the room on its disk.",
            ) from None
        self._end += len(added)

    def _damaged(self, number: int) -> Refused:
        return Refused(
            f"Line {number} of {self._path} is damaged.",
            "Put it back from where you keep a copy of the keys: without it nobody knows what was signed.",
            code="ledger-damaged",
        )
