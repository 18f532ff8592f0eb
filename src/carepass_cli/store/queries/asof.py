"""The fragments that make a query see the store as of `:today`."""


def seen(alias: str) -> str:
    """The version (of an account, home, role, course, requirement ...) that holds on `:today`."""
    return f"{alias}.from_on <= :today AND ({alias}.until_on IS NULL OR {alias}.until_on > :today)"


def by_today(column: str) -> str:
    """A dated fact, NULL where it is dated after `:today`."""
    return f"CASE WHEN {column} <= :today THEN {column} END"


def not_yet(column: str) -> str:
    """A dated fact has not happened by `:today`."""
    return f"({column} IS NULL OR {column} > :today)"


def confirmed(alias: str) -> str:
    """An assignment counts on `:today`: confirmed, and not ended."""
    return f"{seen(alias)} AND {alias}.confirmed_on <= :today AND {not_yet(alias + '.ended_on')}"


def containing(text: str) -> str:
    """A LIKE pattern (ESCAPE '\\') for anything that contains `text`."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
