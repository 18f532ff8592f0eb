"""Shell completion with values from the store: quick, and silent when there is no store."""

import os
from collections.abc import Callable

import typer

Values = Callable[[typer.Context, str], list[str]]


def _from_store(kind: str) -> Values:
    def values(ctx: typer.Context, incomplete: str) -> list[str]:
        from carepass_cli.settings import Settings
        from carepass_cli.store.opening import open_reader
        from carepass_cli.store.queries.names import COMPLETION_MOST, names_like

        try:
            settings = Settings({"db": ctx.find_root().params.get("db")}, os.environ)
            reader = open_reader(settings["db"] or "", wait=0.2)
            return names_like(reader, kind, incomplete, ctx.params.get("home"), most=COMPLETION_MOST)
        except Exception:
            return []  # a completion that complains is worse than none

    return values


homes = _from_store("home")
roles = _from_store("role")
courses = _from_store("course")
accounts = _from_store("account")
