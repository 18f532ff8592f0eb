"""Signing keys on disk: one file a key, readable by its owner alone, beside the store and never in it.

A copy of the store (a backup, a copy for a test) can then not sign in the home's name.
"""

import os
from collections.abc import Collection
from pathlib import Path

from carepass_cli.badges.port import Key
from carepass_cli.errors import Refused, UsageError
from carepass_cli.files import files_in_the_making, save_file, sync
from carepass_cli.rules.hashes import sha256
from carepass_cli.store.location import is_server, shown_location, sqlite_path


def key_folder(db: str) -> Path:
    """Where the keys of a store lie: `STORE.keys` beside a file; for a server, in the user data folder."""
    if not is_server(db):
        path = sqlite_path(db)
        return path.with_name(f"{path.name}.keys")
    import platformdirs

    name = sha256(shown_location(db).encode()).hexdigest()[:16]
    return platformdirs.user_data_path("carepass") / "keys" / name


def key_file(folder: Path, did: str) -> Path:
    """The file of a key."""
    return folder / f"{did.removeprefix('did:key:')}.pem"


def save_key(folder: Path, key: Key) -> None:
    """Write a new key down (0600, in a folder that is 0700), on the disk before this returns.

    It waits under another name until `settle_keys`: the change that makes it may yet fail. Raises UsageError
    where it cannot be written.
    """
    save_file(_waiting(folder, key.did), key.pem, _unwritable)


def settle_keys(folder: Path, dids: Collection[str]) -> None:
    """Give waiting keys their names, once the store has them."""
    for did in dids:
        if _waiting(folder, did).exists():
            _waiting(folder, did).replace(key_file(folder, did))
            sync(folder)


def remove_orphans(folder: Path, dids: Collection[str]) -> None:
    """Remove keys, waiting or half written, that the store does not have: the change that made them never
    came to its end. Only inside a unit of work, where nobody else makes one."""
    known = {_waiting(folder, did) for did in dids}
    half = files_in_the_making(folder) if folder.is_dir() else []
    for path in {*folder.glob("*.pem.new"), *half} - known:
        path.unlink()


def load_key(folder: Path, did: str) -> Key:
    """Read a key. Raises Refused (`key-missing`) where its file is not there, (`key-unreadable`) where
    we may not read it, (`key-exposed`) where others may, or may get at its folder."""
    path = key_file(folder, did)
    try:
        settle_keys(folder, [did])  # a process may have been killed before it did
        for each, mode in ((folder, "700"), (path, "600")):
            if os.name == "posix" and each.stat().st_mode & 0o077:
                raise Refused(
                    f"The signing key {path} is open to others: the permissions of {each} are too wide.",
                    f"Make it yours alone: chmod {mode} '{each}'. If somebody may have read it, give it up: "
                    "carepass home keys HOME --rotate",
                    code="key-exposed",
                )
        return Key(path.read_bytes(), did)
    except PermissionError as error:
        raise Refused(
            f"The signing key {path} cannot be read: {error.strerror}.",
            "Run it as the user whose key this is, or check the permissions of its folder.",
            code="key-unreadable",
        ) from None
    except OSError:
        raise Refused(
            f"The signing key {path} is not there.",
            "Put it back from where you keep it, or make a new one: carepass home keys HOME --rotate",
            code="key-missing",
        ) from None


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"The key cannot be written to {path}: {error.strerror}.", "Check the folder's permissions."
    )


def _waiting(folder: Path, did: str) -> Path:
    path = key_file(folder, did)
    return path.with_name(f"{path.name}.new")
