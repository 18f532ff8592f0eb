"""The texts of `carepass help TOPIC`. What can be read off the program is read off it."""

from carepass_cli.clock import ZONE
from carepass_cli.errors import CarepassError
from carepass_cli.settings import ENVIRONMENT, IN_FILE_ONLY, OUTPUTS

CODES = {
    0: "Done. Also: nothing to do, nothing found, already so.",
    1: "Unexpected failure: one line to you, the details to the log file.",
    2: "Usage: a bad option or value, or an answer that only a terminal could give.",
    3: "Not found: no such account, home, role, course, line or record.",
    4: "Refused by a rule; the error's code says which, as role-not-confirmed.",
    5: "A batch had bad rows.",
    6: "The store is unavailable: missing, locked, damaged, not ours, or newer.",
    10: "A report that was asked to fail (--fail-if-any) found something.",
}

EXIT_CODES = "\n".join(
    (
        "What a script can tell from the exit code.",
        "",
        *(f"  {code:>3}  {meaning}" for code, meaning in CODES.items()),
        "",
        "'carepass check' alone speaks to monitoring: 0 OK, 1 WARNING, 2 CRITICAL,",
        "3 UNKNOWN.",
        "",
        "With -o json or ndjson an error is one object on stderr:",
        '  {"error": {"code": "...", "message": "...", "hint": "..."}}',
    )
)

FORMATS = f"""How results are printed: {", ".join(OUTPUTS)}.

  table   for people; in a terminal the columns that fit, in a pipe all of
          them, aligned, never cut
  json    lists are arrays of flat objects, 'show' gives one object
  ndjson  one object a line
  csv     UTF-8, with a header; a cell that a spreadsheet would take for a
          formula gets a leading ', and imports take it off again

Choose with -o, or CAREPASS_OUTPUT. --fields a,b,c picks columns, --no-header
leaves the header out, -q prints data only. Dates are ISO, absent is null.
stdout is data; messages, hints and progress go to stderr.

A write prints what it wrote, with 'result': created, updated or unchanged.
"""

DATES = f"""How days are counted, and how to look back.

There is one clock, {ZONE}, read once in a run. --today moves it:
writes are dated by it, and reads see nothing dated later. So
  carepass --today 2025-12-31 report expiring
is what that report said on that day.

Dates are written 2026-11-21 and in no other way; spans 30d, 2w, 3mo, 1y.
Counting leaves the first day out and takes the last day in.

  access      within two business days of approval: Monday to Friday, without
              Ontario's nine public holidays and the home's closing days
  completion  within 14 calendar days of access; the last counts to midnight
  expiry      the last valid day: days_left is 0 on it, the day after it is
              expired; 1 year after 29 February is 28 February
  expiring    when no more days are left than the home's expiring_within
  renewal     open when no more days are left than its renewal_window

Lapsed, expired, overdue and late are never stored; they are read off the
dates. A void, an extension, a waiver or an ending works from its own day on.
'carepass explain ACCOUNT COURSE' shows the counting for one person.
"""

ENVIRONMENT_TEXT = "\n".join(
    (
        "Settings: a flag wins over the environment, that over the config file.",
        "",
        *(f"  {variable:28} {name}" for name, variable in ENVIRONMENT.items()),
        "  CAREPASS_LOCK_WAIT           seconds to wait for another process's lock (30)",
        "  NO_COLOR                     no colour, whatever its value",
        "",
        "The config file (TOML) takes the names on the right, and only it takes:",
        f"  {', '.join(IN_FILE_ONLY)}",
        "'carepass config path' says where it lies, 'carepass config show' what is in",
        "force and why.",
    )
)

TOPICS = {
    "exit-codes": EXIT_CODES,
    "formats": FORMATS.rstrip(),
    "dates": DATES.rstrip(),
    "environment": ENVIRONMENT_TEXT,
}


def exit_codes_in_use() -> set[int]:
    """Every exit code of the exception tree, and 0: what the table above must hold, and nothing else."""
    found, seen = {0}, [CarepassError]
    while seen:
        each = seen.pop()
        found.add(each.exit_code)
        seen.extend(each.__subclasses__())
    return found
