"""The fragments that make a query see the store as of `:today`."""

from datetime import date

from carepass_cli.store.reader import Reader


def seen(alias: str) -> str:
    """The version (of an account, home, role, course, requirement ...) that holds on `:today`."""
    return f"{alias}.from_on <= :today AND ({alias}.until_on IS NULL OR {alias}.until_on > :today)"


def by_today(column: str) -> str:
    """A dated fact, NULL where it is dated after `:today`."""
    return f"CASE WHEN {column} <= :today THEN {column} END"


def not_over(version: str, day: str = ":today") -> str:
    """A version that holds on the day or later. One that was replaced on its own first day was never seen."""
    at = f"{version}." if version else ""
    return f"({at}until_on IS NULL OR ({at}until_on > {day} AND {at}until_on > {at}from_on))"


def not_yet(column: str) -> str:
    """A dated fact has not happened by `:today`."""
    return f"({column} IS NULL OR {column} > :today)"


def confirmed(alias: str) -> str:
    """An assignment counts on `:today`: confirmed, and not ended."""
    return f"{seen(alias)} AND {alias}.confirmed_on <= :today AND {not_yet(alias + '.ended_on')}"


def with_role(account: str, at: str = "") -> str:
    """The account has a confirmed role on `:today`; `at` narrows by the home `h`: ` AND h.code = ...`."""
    return f"""
        EXISTS (
            SELECT 1 FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
            WHERE s.account_id = {account} AND {confirmed("s")} {at}
        )
    """


def waived(person: str, course: str) -> str:
    """A waiver of the course of the row `course` holds on `:today` for the account of the row `person`."""
    return f"""
        EXISTS (
            SELECT 1 FROM waiver w
            WHERE w.account_id = {person}.account_id AND w.course_id = {course}.course_id
            AND w.waived_on <= :today AND (w.waived_until IS NULL OR w.waived_until >= :today)
            AND {not_yet("w.ended_on")}
        )
    """


def on_leave(person: str) -> str:
    """The account of the row `person` is on leave on `:today`, as far as is known by then."""
    return f"""
        EXISTS (
            SELECT 1 FROM leave l
            WHERE l.account_id = {person}.account_id AND l.recorded_on <= :today AND l.from_on <= :today
            AND (l.until_on IS NULL OR l.until_on >= :today)
            AND (l.returned_on > :today OR {not_yet("l.return_recorded_on")})
        )
    """


def expiry_of(reader: Reader, today: date, completion: str) -> str:
    """SQL for the last valid day of the row `completion` as it stood on `:today` (NULL: never expires).

    It is the column, but where a record was extended or worked out anew since then; whether any was is
    looked up once.
    """
    later = "SELECT 1 FROM expiry_change x WHERE x.changed_on > :today LIMIT 1"
    if not any(reader.values(later, today=today)):
        return f"{completion}.expires_on"
    change = f"FROM expiry_change x WHERE x.completion_id = {completion}.id AND x.changed_on > :today"
    return f"""
        CASE WHEN EXISTS (SELECT 1 {change})
        THEN (SELECT x.expires_before {change} ORDER BY x.changed_on, x.id LIMIT 1)
        ELSE {completion}.expires_on END
    """


def containing(text: str) -> str:
    """A LIKE pattern (ESCAPE '\\') for anything that contains `text`."""
    return f"%{escaped(text)}%"


def escaped(text: str) -> str:
    """`text` as itself in a LIKE pattern (ESCAPE '\\')."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
