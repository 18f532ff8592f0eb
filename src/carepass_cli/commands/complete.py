"""Shell completion with values from the store: quick, and silent when there is no store.

Where the shell shows it, a person's name stands beside the ID, a course's title beside its code.
"""

import os
from collections.abc import Callable, Iterable

import typer

Values = Callable[[typer.Context, str], list[tuple[str, str]]]


def _from_store(kind: str) -> Values:
    def values(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from carepass_cli.settings import Settings
        from carepass_cli.store.opening import open_reader
        from carepass_cli.store.queries.names import COMPLETION_MOST, names_beside

        # Of several with commas the last one is being typed.
        before, comma, typed = incomplete.rpartition(",")
        try:
            settings = Settings({"db": ctx.find_root().params.get("db")}, os.environ)
            reader = open_reader(settings["db"] or "", wait=0.2)
            found: Iterable[tuple[str, str]] = names_beside(
                reader, kind, typed, ctx.params.get("home"), most=COMPLETION_MOST
            )
            return [(f"{before}{comma}{name}", beside) for name, beside in found]
        except Exception:
            return []  # a completion that complains is worse than none

    return values


homes = _from_store("home")
roles = _from_store("role")
courses = _from_store("course")
accounts = _from_store("account")
lines = _from_store("line")
changes = _from_store("change")
records = _from_store("record")


def starters(incomplete: str) -> list[tuple[str, str]]:
    """The ready roles and packs, with their titles."""
    from carepass_cli.shipped.starter import KEYS, starters

    rows = [dict(zip(KEYS, starter.row(), strict=True)) for starter in starters()]
    found = [(str(row["name"]), str(row.get("title", ""))) for row in rows]
    return [each for each in found if each[0].startswith(incomplete)]
