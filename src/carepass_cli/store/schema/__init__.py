"""The schema's one source: a class a table, with its columns, their types, their words and their limits.

Nothing of this is imported by a run that reads or writes rows: `store.rows` and `rules.nouns` are generated
from it, and `store/ddl` holds its SQL ready (`python -m tests.store.generate` makes all three anew, a test
holds them to it). It is imported to make, upgrade, compare and copy schemas.

Three habits run through it:

* An entity (`account`, `home`, `role`, `course`) keeps what never changes; what people edit lies in its
  `*_version` rows. A version is seen on day D when `from_on <= D < until_on` (`until_on` NULL: still).
* A fact that only ever happens once is a date column (`confirmed_on`); it is seen from that day on.
* Status is never stored. It is read off the dates (`rules`).

`change_id` says which change of the audit log made a row. Birthdates lie apart, in `account_identity`,
where no report reaches them by accident. A number is given once: keys count on whatever is deleted.
"""

from sqlmodel import SQLModel

# By being imported the tables are in the metadata, parents first.
from carepass_cli.store.schema import (  # noqa: F401
    catalog,
    courses,
    evidence,
    homes,
    letters,
    log,
    passports,
    people,
    training,
)
from carepass_cli.store.schema.base import complete

METADATA = SQLModel.metadata
# What people make and change, and what is written down of it -> the tables that hold one together: what never
# changes, what is seen as of a day, and what lies apart.
NOUNS: dict[str, tuple[type[SQLModel], ...]] = {
    "account": (people.Account, people.AccountVersion, people.AccountIdentity),
    "home": (homes.Home, homes.HomeVersion),
    "role": (homes.Role, homes.RoleVersion),
    "course": (courses.Course, courses.CourseVersion),
    "requirement": (courses.Requirement,),
    "record": (training.Completion,),
}
# What happens with them, in the same way; each is a module of its own, that only those load who ask for it.
EVENTS: dict[str, tuple[type[SQLModel], ...]] = {
    "assignment": (people.Assignment,),
    "waiver": (people.Waiver,),
    "leave": (people.Leave,),
    "cart_line": (training.CartLine,),
    "line": (training.SubmissionLine, training.Submission, training.Decision, training.Registration),
    "message": (letters.Message,),
}
complete(METADATA)
