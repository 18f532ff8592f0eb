"""The facts of a store, read plainly, and where each person stands by the rules: what `brute` counts from."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from carepass_cli.rules.absence import Absence, absence, absent, last_back
from carepass_cli.rules.span import Span, parse_span
from carepass_cli.rules.standing import Demand, Held, Standing, best, due_date, due_span, standing

Facts = dict[str, Any]
TABLES = (
    "account", "account_version", "home", "home_version", "role", "role_version", "course", "course_version",
    "course_equivalence", "requirement", "waiver", "assignment", "completion", "submission",
    "submission_line", "decision", "registration", "extension", "leave", "expiry_change",
)  # fmt: skip


class Recorded:
    """A store on a day. `known` is the day up to which voids are known, the same unless given."""

    def __init__(self, path: Path, day: date, known: date | None = None) -> None:
        self.path, self.day = path, day
        self.known = known or day
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            self.tables = {
                name: [self._dated(row) for row in connection.execute(f"SELECT * FROM {name}")]
                for name in TABLES
            }

    @staticmethod
    def _dated(row: sqlite3.Row) -> Facts:
        dated = ("_on", "access_by", "complete_by", "required_from", "waived_until", "expires_before")
        return {
            name: date.fromisoformat(row[name]) if row[name] and name.endswith(dated) else row[name]
            for name in row.keys()  # noqa: SIM118
            if name != "closed_on"
        }

    def seen(self, facts: Facts) -> bool:
        return facts["from_on"] <= self.day and not self.happened(facts["until_on"])

    def happened(self, day: date | None) -> bool:
        return day is not None and day <= self.day

    def version(self, entity: str, key: int) -> Facts | None:
        found = [v for v in self.tables[f"{entity}_version"] if v[f"{entity}_id"] == key and self.seen(v)]
        return found[0] if found else None

    def entity(self, name: str, key: int) -> Facts:
        return next(each for each in self.tables[name] if each["id"] == key)

    def equal_to(self, course_id: int) -> set[int]:
        pairs = self.tables["course_equivalence"]
        return {p["other_id"] for p in pairs if p["course_id"] == course_id and self.happened(p["from_on"])}

    def held(self, account_id: int, course_id: int) -> list[Held]:
        return [
            Held(k["completed_on"], self.last_day(k), k["id"])
            for k in self.tables["completion"]
            if k["account_id"] == account_id
            and k["course_id"] in self.equal_to(course_id)
            and k["completed_on"] <= self.day
            and not (k["voided_on"] and k["voided_on"] <= self.known)
        ]

    def last_day(self, completion: Facts) -> date | None:
        """A record's last day as it stood on the day: what it was before the first change after it."""
        later = [
            (x["changed_on"], x["id"], x["expires_before"])
            for x in self.tables["expiry_change"]
            if x["completion_id"] == completion["id"] and x["changed_on"] > self.day
        ]
        return min(later)[2] if later else completion["expires_on"]

    def waivers(self, account_id: int, course_id: int) -> list[Absence]:
        return [
            absence(w["waived_on"], w["waived_until"], w["ended_on"])
            for w in self.tables["waiver"]
            if (w["account_id"], w["course_id"]) == (account_id, course_id)
        ]

    def waived(self, account_id: int, course_id: int) -> bool:
        return absent(self.waivers(account_id, course_id), self.day)

    def leaves(self, account_id: int) -> list[Absence]:
        return [
            absence(
                each["from_on"],
                each["until_on"],
                each["returned_on"] if self.happened(each["return_recorded_on"]) else None,
            )
            for each in self.tables["leave"]
            if each["account_id"] == account_id and each["recorded_on"] <= self.day
        ]

    def away(self, account_id: int) -> bool:
        return absent(self.leaves(account_id), self.day)

    def demand(self, account_id: int, q: Facts, start_on: date, expiring_within: Span) -> Demand:
        over = [*self.leaves(account_id), *self.waivers(account_id, q["course_id"])]
        return Demand(
            q["required_from"],
            due_span(q["due"]),
            expiring_within,
            start_on,
            q["due"] == "before-start",
            last_back(over, self.day),
        )

    def roles(self, home: str | None, role: str | None = None, group: str | None = None) -> list[Facts]:
        return [
            r
            for r in self.tables["role"]
            if home in (None, self.entity("home", r["home_id"])["code"])
            and role in (None, r["code"])
            and (version := self.version("role", r["id"]))
            and group in (None, version["staff_group"])
        ]

    def required_by(self, role: Facts) -> list[tuple[Facts, Facts]]:
        """The requirements of a role, each with its course's version."""
        return [
            (q, version)
            for q in self.tables["requirement"]
            if q["role_id"] == role["id"]
            and self.seen(q)
            and q["required_from"] <= self.day
            and (version := self.version("course", q["course_id"]))
        ]

    def holds(self, account_id: int, role: Facts) -> Facts | None:
        """The assignment that counts."""
        for s in self.tables["assignment"]:
            if (
                (s["account_id"], s["role_id"]) == (account_id, role["id"])
                and self.seen(s)
                and self.happened(s["confirmed_on"])
                and not self.happened(s["ended_on"])
            ):
                return s
        return None

    def people(self) -> list[tuple[Facts, Facts]]:
        """Everybody, by name, as (account, version)."""
        found = [(a, v) for a in self.tables["account"] if (v := self.version("account", a["id"]))]
        return sorted(found, key=lambda each: (each[1]["folded"], each[0]["portal_id"]))

    def standing(
        self, account_id: int, q: Facts, start_on: date, expiring_within: Span
    ) -> tuple[date | None, Standing]:
        demand = self.demand(account_id, q, start_on, expiring_within)
        held = best(self.held(account_id, q["course_id"]))
        told = standing(demand, held, self.waived(account_id, q["course_id"]), self.day)
        return due_date(demand), told

    def asked_of(
        self, account_id: int, home: str, role: str | None, group: str | None, *, begun: bool
    ) -> tuple[list[str], dict[str, tuple[list[str], Facts, Facts, Standing]]]:
        """The roles held, and by course code: the roles that ask, a requirement, the course, the standing
        with the earliest due date."""
        held_roles: list[str] = []
        asked: dict[str, list[Any]] = {}
        for r in sorted(self.roles(home, role, group), key=lambda each: each["code"]):
            s = self.holds(account_id, r)
            if s is None or (begun and s["start_on"] > self.day):
                continue
            held_roles.append(r["code"])
            home_version = self.version("home", r["home_id"])
            assert home_version
            for q, course in self.required_by(r):
                code = self.entity("course", q["course_id"])["code"]
                due, told = self.standing(
                    account_id, q, s["start_on"], parse_span(home_version["expiring_within"])
                )
                asked.setdefault(code, []).append((due, r["code"], q, course, told))
        union = {}
        for code, ways in asked.items():
            due = min(way[0] for way in ways)
            _, _, q, course, told = next(way for way in ways if way[0] == due)
            union[code] = ([way[1] for way in ways], q, course, told)
        return held_roles, union
