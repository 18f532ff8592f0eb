"""What is seen of a line as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import fields, registration, standing

# The public keys, in their order, of each list.
HISTORY_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "decision",
    "reason",
    "payer",
    "access_by",
    "submitted_on",
    "decided_on",
    "decided_by",
)
SUBMISSION_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "minutes",
    "price",
    "decision",
    "reason",
    "payer",
    "submitted_on",
    "decided_on",
    "decided_by",
)
REGISTRATION_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "status",
    "payer",
    "attempt",
    "approved_on",
    "access_by",
    "access_on",
    "complete_by",
    "days_left",
    "completed_on",
)
DECISION_KEYS = ("line", "code", "title", "decision", "reason", "payer", "access_by")

LINE = """
    s.id || '/' || c.code AS "line", a.portal_id, v.last_name, v.first_name, h.code AS "home",
    r.code AS "role", c.code, cv.title, cv.minutes, d.decision, d.reason, d.payer, g.attempt,
    g.approved_on, CASE WHEN g.access_on <= :today THEN g.access_on END AS "access_on",
    s.submitted_on, d.from_on AS "decided_on", d.decided_by, :today AS "today", cv.price_cents,
    r.home_id, l.self_pay, s.account_id, {closed_on} AS "closed_on", {extended_to} AS "extended_to",
    CASE WHEN g.completed_on <= :today THEN g.completed_on END AS "entered_on", {settled_on} AS
    "settled_on", CASE WHEN g.failed_on <= :today THEN g.failed_on END AS "failed_on", CASE WHEN
    g.withdrawn_on <= :today THEN g.withdrawn_on END AS "withdrawn_on", l.id, l.submission_id,
    l.course_id, l.role_id
"""


class Line(NamedTuple):
    """One course of a submission: `SUBMISSION/CODE`."""

    line: str
    portal_id: str
    last_name: str
    first_name: str
    home: str
    role: str
    code: str
    title: str
    minutes: int
    decision: str
    reason: str
    payer: str | None
    attempt: int | None
    approved_on: date | None
    access_on: date | None
    submitted_on: date
    decided_on: date
    decided_by: str | None
    today: date
    price_cents: int | None
    home_id: int
    self_pay: bool
    account_id: int
    closed_on: str | None
    extended_to: date | None
    entered_on: date | None
    settled_on: date | None
    failed_on: date | None
    withdrawn_on: date | None
    id: int
    submission_id: int
    course_id: int
    role_id: int

    @property
    def price(self) -> str | None:
        """What it costs, as 45.00."""
        return fields.price_text(self.price_cents)

    @property
    def status(self) -> str:
        """Where the attempt stands."""
        return registration.status_of(self.approved_on, self.progress, self.today)

    @property
    def access_by(self) -> date | None:
        """The day by which access is due."""
        return registration.access_by(self.approved_on, self.closed_on)

    @property
    def complete_by(self) -> date | None:
        """The last day to complete it."""
        return registration.complete_by(self.access_on, self.extended_to)

    @property
    def days_left(self) -> int | None:
        """How many days are left until then."""
        return registration.days_left(self.status, self.complete_by, self.today)

    @property
    def completed_on(self) -> date | None:
        """The day it was completed."""
        return registration.completed_on(self.progress)

    @property
    def tried(self) -> standing.Attempt:
        """A submitted line as the steps see it."""
        return standing.Attempt(self.decided_on, self.decision, self.status)

    @property
    def late(self) -> bool:
        """Whether access is late: approved, its day has passed, and no access was given."""
        return registration.late(self.progress, self.access_by, self.today)

    @property
    def progress(self) -> registration.Progress:
        """A registration's dates."""
        return registration.progress(
            self.access_on,
            self.complete_by,
            self.entered_on,
            self.failed_on,
            self.withdrawn_on,
            self.settled_on,
        )

    def under(self, keys: tuple[str, ...]) -> dict[str, object]:
        """The public values under some of the keys."""
        return {key: getattr(self, key) for key in keys}
