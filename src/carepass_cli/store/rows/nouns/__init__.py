"""What is seen of a noun as of a day, by the attributes of its fields.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import nouns

ACCOUNT = """
    a.portal_id, v.first_name, v.last_name, v.email, v.language, v.status, a.created_on,
    v.employee_number, v.student_number, v.merged_into, a.id
"""


class Account(NamedTuple):
    """A person, known by the portal ID."""

    portal_id: str
    first_name: str
    last_name: str
    email: str
    language: str
    status: str
    created_on: date
    employee_number: str | None
    student_number: str | None
    merged_into: str | None
    id: int
    birthdate: date | None = None

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.ACCOUNT.shown(self)


HOME = """
    h.code, v.name, v.city, v.approval, v.renewal_window, v.expiring_within, v.closed_on,
    v.study_minutes_per_day, v.confirm_within, v.manager_email, h.id
"""


class Home(NamedTuple):
    """A care home, known by its code."""

    code: str
    name: str
    city: str | None
    approval: str
    renewal_window: str
    expiring_within: str
    closed_on: str
    study_minutes_per_day: int
    confirm_within: str
    manager_email: str | None
    id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.HOME.shown(self)


ROLE = """
    h.code AS "home", r.code AS "role", v.name, v.staff_group AS "group", r.id, r.home_id
"""


class Role(NamedTuple):
    """A job at one home."""

    home: str
    role: str
    name: str
    group: str | None
    id: int
    home_id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.ROLE.shown(self)


COURSE = """
    c.code, v.title, v.provider, v.minutes, v.validity_years, v.language, v.method, v.category,
    v.price_cents, v.status, v.renewal, v.minimum, c.id
"""


class Course(NamedTuple):
    """A course, known by its code."""

    code: str
    title: str
    provider: str
    minutes: int
    validity_years: int | None
    language: str | None
    method: str | None
    category: str
    price_cents: int | None
    status: str
    renewal: str
    minimum: str | None
    id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.COURSE.shown(self)


REQUIREMENT = """
    h.code AS "home", r.code AS "role", c.code, cv.title, cv.provider, cv.minutes,
    cv.validity_years, q.employer_pays, q.required_from, q.due, q.citation, r.home_id,
    hv.expiring_within, NULL AS "start_on", NULL AS "back_on", q.pack, q.pack_version, q.id,
    q.role_id, q.course_id
"""


class Requirement(NamedTuple):
    """A role must hold a course, from `required_from` on; a line of the home's role template over time.

    `due` is `before-start`, or the span after it that people have. What came from a pack of topics keeps the
    pack's name and version."""

    home: str
    role: str
    code: str
    title: str
    provider: str
    minutes: int
    validity_years: int | None
    employer_pays: bool
    required_from: date
    due: str
    citation: str | None
    home_id: int
    expiring_within: str
    start_on: date | None
    back_on: date | None
    pack: str | None
    pack_version: str | None
    id: int
    role_id: int
    course_id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.REQUIREMENT.shown(self)


RECORD = """
    k.id AS "record", a.portal_id, c.code, cv.title, k.completed_on, {expires_on} AS "expires_on",
    COALESCE(k.provider, cv.provider) AS "provider", k.source, k.evidence, k.verified_by, CASE WHEN
    k.voided_on <= :today THEN k.voided_on END AS "voided_on", b.portal_id AS "observed_by", (SELECT
    COUNT(*) FROM evidence e WHERE e.completion_id = k.id AND e.added_on <= :today) AS "files",
    k.account_id, k.course_id
"""


class Record(NamedTuple):
    """A person completed a course. Kept for ever; a mistake is voided from a day on.

    `expires_on` is the last valid day as it stands now (NULL: never expires); what it was on earlier days is
    in `expiry_change`. `expires_given` says that the certificate itself names it. `anniversary_on` is the day
    that a renewal by expiry counts from (the last day without extensions), and `window` the renewal window
    that held when it was recorded, as a span. `observer_id` is who saw the competence."""

    record: int
    portal_id: str
    code: str
    title: str
    completed_on: date
    expires_on: date | None
    provider: str
    source: str
    evidence: str | None
    verified_by: str | None
    voided_on: date | None
    observed_by: str | None
    files: int
    account_id: int
    course_id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.RECORD.shown(self)
