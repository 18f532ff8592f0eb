"""Shell completion: quick, and silent where there is nothing to offer.

Where the shell shows it, a person's name stands beside the ID, a course's title beside its code. Of several
values with commas the last one is being typed.
"""

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import typer

Found = Iterable[tuple[str, str]]
Values = Callable[[typer.Context, str], list[tuple[str, str]]]

# What each reading command may print, generated (python -m tests.docs.fields): to run one for its columns
# could take long.
FIELDS = Path(__file__).with_name("fields.txt")


def _completing(find: Callable[[typer.Context, str], Found]) -> Values:
    def values(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        before, comma, typed = incomplete.rpartition(",")
        try:
            there = before.split(",")
            found = [each for each in find(ctx, typed) if each[0].startswith(typed) and each[0] not in there]
        except Exception:
            return []  # a completion that complains is worse than none
        return [(f"{before}{comma}{name}", beside) for name, beside in found]

    return values


def words(known: Collection[str]) -> Values:
    """Any of these words."""
    return _completing(lambda _ctx, _typed: [(word, "") for word in known])


def _store(ctx: typer.Context) -> str:
    from carepass_cli.settings import Settings

    return Settings({"db": ctx.find_root().params.get("db")}, os.environ)["db"] or ""


def _from_store(kind: str) -> Values:
    def find(ctx: typer.Context, typed: str) -> Found:
        from carepass_cli.store.opening import open_reader
        from carepass_cli.store.queries.names import COMPLETION_MOST, names_beside

        reader = open_reader(_store(ctx), wait=0.2)
        return names_beside(reader, kind, typed, ctx.params.get("home"), most=COMPLETION_MOST)

    return _completing(find)


homes = _from_store("home")
roles = _from_store("role")
courses = _from_store("course")
accounts = _from_store("account")
lines = _from_store("line")
submissions = _from_store("submission")
changes = _from_store("change")
records = _from_store("record")
messages = _from_store("message")
issuers = _from_store("issuer")


def _starters(_ctx: typer.Context, _typed: str) -> Found:
    from carepass_cli.shipped.starter import starters

    return [(starter.name, starter.role or starter.pack.title) for starter in starters()]


def _profiles(_ctx: typer.Context, _typed: str) -> Found:
    from carepass_cli.settings import profiles_path
    from carepass_cli.shipped.profiles import shipped_profiles

    own = [each.stem for each in profiles_path().glob("*.toml")]
    return [(name, "") for name in sorted({*own, *shipped_profiles()})]


def _entries(ctx: typer.Context, typed: str) -> Found:
    from datetime import date

    from carepass_cli.store.opening import find_reader
    from carepass_cli.store.queries.catalog import list_entries
    from carepass_cli.store.queries.names import COMPLETION_MOST

    entries = list_entries(find_reader(_store(ctx)), date.max)
    return [(each.id, each.title) for each in entries if each.id.startswith(typed)][:COMPLETION_MOST]


starters = _completing(_starters)
profiles = _completing(_profiles)
entries = _completing(_entries)


def _columns(ctx: typer.Context, _typed: str) -> Found:
    """The columns that the command may print: FIELDS has a line for each."""
    command = ctx.command_path.partition(" ")[2]
    for line in FIELDS.read_text(encoding="utf-8").splitlines():
        name, _, columns = line.partition(": ")
        if name == command:
            return [(column, "") for column in columns.split()]
    return ()


def _sort_keys(ctx: typer.Context, typed: str) -> Found:
    turned = "-" if typed.startswith("-") else ""
    return [(turned + name, beside) for name, beside in _columns(ctx, typed)]


fields = _completing(_columns)
sort_keys = _completing(_sort_keys)
