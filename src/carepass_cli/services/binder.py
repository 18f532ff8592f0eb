"""The binder's signature: by a key of the home, where it has one."""

from collections.abc import Callable
from datetime import date

from carepass_cli.badges.installed import load_badges
from carepass_cli.errors import MissingExtra
from carepass_cli.store.keys import key_folder, load_key
from carepass_cli.store.queries.passport import home_keys
from carepass_cli.store.reader import Reader


def binder_signer(reader: Reader, today: date, db: str, home: str) -> Callable[[bytes], str] | None:
    """What signs for the home on the day: the key that it had then, on an earlier day its first one. None
    where it has no key, or the extra `badges` is not installed. Raises Refused where the key's file is not
    there or not safe."""
    try:
        badges = load_badges()
    except MissingExtra:
        return None
    known = [each for each in home_keys(reader, today, home) if each.retired_on is None]
    chosen = known[:1] or home_keys(reader, date.max, home)[-1:]
    if not chosen:
        return None
    key = load_key(key_folder(db), chosen[0].did)
    return lambda content: badges.sign_bytes(key, content)
