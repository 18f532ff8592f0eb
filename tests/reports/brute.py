"""The slow, obvious re-computation: every table read whole, every person and course looked at, and the
rules asked. It knows nothing of the queries that it is compared with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from carepass_cli.rules import assignment as assignment_rule
from carepass_cli.rules import registration as registration_rule
from carepass_cli.rules.calendar import complete_by
from carepass_cli.rules.compliance import percent
from carepass_cli.rules.span import Span, parse_span
from carepass_cli.rules.standing import Standing
from tests.reports.recorded import Facts, Recorded


class Brute(Recorded):
    """The reports, by counting one thing after another."""

    def compliance(
        self, home: str, year: int, basis: str, role: str | None = None, group: str | None = None
    ) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
        """The rows of the report, and those of its `--names`. `day` is the day reported on."""
        rows, names = [], []
        for course in sorted(self.tables["course"], key=lambda each: each["code"]):
            wanted = [q for r in self.roles(home, role, group) for q, _ in self.required_by(r)]
            if course["id"] not in [q["course_id"] for q in wanted]:
                continue
            version = self.version("course", course["id"])
            assert version
            required = completed = 0
            for account, person in self.people():
                _, asked = self.asked_of(account["id"], home, role, group, begun=True)
                if course["code"] not in asked or self.away(account["id"]):
                    continue
                roles, _, _, told = asked[course["code"]]
                if told.status == "waived":
                    continue
                required += 1
                if basis == "rolling":
                    done = told.status in ("valid", "expiring")
                else:
                    years = {h.completed_on.year for h in self.held(account["id"], course["id"])}
                    counted = version["validity_years"]
                    done = any(counted is None or year - counted < y <= year for y in years)
                completed += done
                if not done:
                    names.append((
                        course["code"], version["title"], account["portal_id"], person["last_name"],
                        person["first_name"], ", ".join(roles), told.status,
                        told.expires_on,
                    ))  # fmt: skip
            share = round(100 * completed / required, 1) if required else None
            citations = "; ".join(
                dict.fromkeys(
                    q["citation"] for q in wanted if q["course_id"] == course["id"] and q["citation"]
                )
            )
            rows.append((course["code"], version["title"], required, completed, share, citations or None))
        return rows, names

    def clearance(self, home: str) -> list[tuple[object, ...]]:
        """The rows of the report for the day itself: everybody whose role is pending or confirmed."""
        rows = []
        for account, _ in self.people():
            for role in sorted(self.roles(home), key=lambda each: each["code"]):
                for s in self.tables["assignment"]:
                    same = (s["account_id"], s["role_id"]) == (account["id"], role["id"])
                    status = self._assignment_status(s)
                    if not same or not self.seen(s) or status not in ("pending", "confirmed"):
                        continue
                    reasons = [] if status == "confirmed" else ["role-not-confirmed"]
                    reasons += ["on-leave"] if self.away(account["id"]) else []
                    for q in sorted((each[0] for each in self.required_by(role)), key=self.code_of):
                        told = self.standing(account["id"], q, s["start_on"], Span(0, "d"))[1]
                        never = told.status in ("not-started", "overdue")
                        if never and q["due"] == "before-start":
                            reasons.append(f"{self.code_of(q)} before-start")
                        elif told.status in ("overdue", "expired"):
                            reasons.append(f"{self.code_of(q)} {told.status}")
                    rows.append((account["portal_id"], role["code"], tuple(reasons)))
        return rows

    def code_of(self, q: Facts) -> str:
        return self.entity("course", q["course_id"])["code"]

    def matrix(self, home: str, role: str | None = None) -> tuple[list[str], list[list[str | None]]]:
        """The course codes across, and the rows."""
        across = sorted(
            {
                self.entity("course", q["course_id"])["code"]
                for r in self.roles(home, role)
                for q, _ in self.required_by(r)
            }
        )
        rows = []
        for account, person in self.people():
            held_roles, asked = self.asked_of(account["id"], home, role, None, begun=False)
            if not held_roles:
                continue
            cells = []
            for code in across:
                told = asked[code][3] if code in asked else None
                words = [told.status, str(told.expires_on or "")] if told else []
                cells.append(" ".join(words).strip() or None)
            names = [account["portal_id"], person["last_name"], person["first_name"], ", ".join(held_roles)]
            rows.append([*names, *cells])
        return across, rows

    def lines(self, home: str | None) -> Iterator[tuple[Facts, Facts, Facts, str, date | None]]:
        """Registrations in the order of submission: line, role, decision, status and last day."""
        for line in sorted(
            self.tables["submission_line"], key=lambda each: (each["submission_id"], each["id"])
        ):
            role = self.entity("role", line["role_id"])
            if home not in (None, self.entity("home", role["home_id"])["code"]):
                continue
            decision = next(
                (d for d in self.tables["decision"] if d["line_id"] == line["id"] and self.seen(d)), None
            )
            found = [g for g in self.tables["registration"] if g["line_id"] == line["id"]]
            if not found or decision is None or decision["decision"] != "approved":
                continue
            dates = {
                name: found[0][name] if self.happened(found[0][name]) else None
                for name in ("access_on", "completed_on", "failed_on", "withdrawn_on")
            }
            longer = [
                (e["extended_on"], e["id"], e["complete_by"])
                for e in self.tables["extension"]
                if e["line_id"] == line["id"] and self.happened(e["extended_on"])
            ]
            last = max(longer)[2] if longer else None
            if last is None and dates["access_on"]:
                last = complete_by(dates["access_on"])
            account_id = self.entity("submission", line["submission_id"])["account_id"]
            progress = registration_rule.settled(
                registration_rule.Progress(complete_by=last, **dates), self.answer(account_id, found[0])
            )
            status = registration_rule.status(progress, self.day)
            yield {**line, "account_id": account_id, **found[0]}, role, decision, status, last

    def answer(self, account_id: int, attempt: Facts) -> date | None:
        """The first completion from the approval on and before the same course's next approval."""
        later = [
            each["approved_on"]
            for each in self.tables["registration"]
            if (each["account_id"], each["course_id"]) == (account_id, attempt["course_id"])
            and attempt["approved_on"] < each["approved_on"]
        ]
        days = (held.completed_on for held in self.held(account_id, attempt["course_id"]))
        return min(
            (d for d in days if attempt["approved_on"] <= d < min(later, default=date.max)), default=None
        )

    def name_of(self, line: Facts) -> str:
        return f"{line['submission_id']}/{self.entity('course', line['course_id'])['code']}"

    def deadlines(self, home: str | None) -> dict[str, int]:
        """The lines in progress, each with its days left."""
        return {
            self.name_of(line): (last - self.day).days
            for line, _, _, status, last in self.lines(home)
            if status == "in-progress" and last
        }

    def retakes(self, home: str | None) -> dict[str, str]:
        """The lines that must be taken again, each with who pays."""
        attempts: dict[tuple[int, int, int], list[Any]] = {}
        for line, role, decision, status, _ in self.lines(home):
            if status in ("approved", "in-progress", "lapsed", "failed"):
                same = (line["account_id"], role["home_id"], min(self.equal_to(line["course_id"])))
                attempts.setdefault(same, []).append((line, decision, status))
        found = {}
        for (account_id, home_id, _), tries in attempts.items():
            lapses = [each for each in tries if each[2] in ("lapsed", "failed")]
            if not lapses:
                continue
            line = lapses[-1][0]
            since = [
                h for h in self.held(account_id, line["course_id"]) if h.completed_on >= line["approved_on"]
            ]
            if since or not self.still_required(account_id, home_id, line["course_id"]):
                continue
            later = tries[tries.index(lapses[-1]) + 1 :]
            found[self.name_of(line)] = later[-1][1]["payer"] if later else "learner"
        return found

    def still_required(self, account_id: int, home_id: int, course_id: int) -> bool:
        return any(
            course_id in self.equal_to(q["course_id"]) and not self.waived(account_id, q["course_id"])
            for role in self.tables["role"]
            if role["home_id"] == home_id and self.holds(account_id, role)
            for q, _ in self.required_by(role)
        )

    def pairs(
        self, home: str | None, warn: Span | None = None
    ) -> list[tuple[tuple[int, ...], date, Standing]]:
        """Every (home, person, course) that a role asks for, the role's start, and where it stands."""
        return [
            (
                (role["home_id"], account["id"], q["course_id"]),
                s["start_on"],
                self.standing(account["id"], q, s["start_on"], warn or self.span(role["home_id"]))[1],
            )
            for account in self.tables["account"]
            for role in self.roles(home)
            if (s := self.holds(account["id"], role)) and not self.away(account["id"])
            for q, _ in self.required_by(role)
        ]

    def span(self, home_id: int) -> Span:
        """How long before its end a record is expiring at a home."""
        version = self.version("home", home_id)
        assert version
        return parse_span(version["expiring_within"])

    def gaps(self, home: str) -> tuple[list[str], float | None]:
        """The statuses of the pairs at a home that are lacking or expiring, and the share of the others."""
        stands: dict[tuple[int, ...], Standing] = {}
        for pair, start_on, told in self.pairs(home):
            if start_on <= self.day and told.status != "waived":
                known = stands.get(pair)
                if known is None or (told.due_on or date.max) < (known.due_on or date.max):
                    stands[pair] = told
        statuses = [each.status for each in stands.values()]
        good = sum(status in ("valid", "expiring") for status in statuses)
        return sorted(status for status in statuses if status != "valid"), percent(good, len(statuses))

    def alarms(self, warn: Span, crit: int, home: str | None) -> tuple[int, ...]:
        """expiring, urgent (less than `crit` days left), expired, overdue, lapsed, pending."""
        found = self.pairs(home, warn)
        told = [each for _, _, each in found]
        statuses = [each.status for each in told]
        overdue = {
            pair for pair, start_on, each in found if each.status == "overdue" and start_on <= self.day
        }
        urgent = [
            e for e in told if e.status == "expiring" and e.days_left is not None and e.days_left < crit
        ]
        pending = [
            s
            for s in self.tables["assignment"]
            if self.seen(s)
            and s["role_id"] in [role["id"] for role in self.roles(home)]
            and self._assignment_status(s) == "pending"
        ]
        counted = [statuses.count(word) for word in ("expiring", "expired")]
        return (counted[0], len(urgent), counted[1], len(overdue), len(self.retakes(home)), len(pending))

    def _assignment_status(self, s: Facts) -> str:
        names = ("confirmed_on", "declined_on", "cancelled_on", "ended_on")
        return assignment_rule.status(*(s[name] if self.happened(s[name]) else None for name in names))
