"""What homes, roles and courses are called, besides their codes."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.store.queries.asof import seen
from carepass_cli.store.reader import Reader


class Called(NamedTuple):
    """A code, and what it is called."""

    code: str
    name: str


def home_names(reader: Reader, today: date) -> Iterator[Called]:
    """Each home's code and name."""
    sql = f"SELECT h.code, v.name FROM home h JOIN home_version v ON v.home_id = h.id AND {seen('v')}"
    return reader.select(Called, sql, today=today)


def role_names(reader: Reader, today: date, home: str) -> Iterator[Called]:
    """The code and name of each role at the home with this code."""
    sql = f"""
        SELECT r.code, v.name FROM home h JOIN role r ON r.home_id = h.id
        JOIN role_version v ON v.role_id = r.id AND {seen("v")} WHERE h.code = :home
    """
    return reader.select(Called, sql, today=today, home=home)


def course_names(reader: Reader, today: date) -> Iterator[Called]:
    """Each course's code with its title, and with each of its aliases."""
    sql = f"""
        SELECT c.code, v.title AS name FROM course c
        JOIN course_version v ON v.course_id = c.id AND {seen("v")}
        UNION ALL
        SELECT c.code, s.alias FROM course c JOIN course_alias s ON s.course_id = c.id AND {seen("s")}
    """
    return reader.select(Called, sql, today=today)


def aliases_of(reader: Reader, today: date, course_id: int) -> list[str]:
    """A course's aliases, in the order in which they were given."""
    sql = f"SELECT s.alias FROM course_alias s WHERE s.course_id = :id AND {seen('s')} ORDER BY s.id"
    return list(reader.values(sql, id=course_id, today=today))
