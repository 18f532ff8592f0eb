"""The texts of `carepass help TOPIC`. What can be read off the program is read off it."""

from collections.abc import Iterable
from textwrap import wrap

from carepass_cli.batch.synonyms import SYNONYMS
from carepass_cli.clock import ZONE
from carepass_cli.rules.noun import listed
from carepass_cli.rules.nouns import PERSON
from carepass_cli.rules.staffing import LEAVING, ON_LEAVE, STAYING
from carepass_cli.settings import ENVIRONMENT, IN_FILE, OUTPUTS
from carepass_cli.shipped.profiles import shipped_profiles

CODES = {
    0: "Done. Also: nothing to do, nothing found, already so.",
    1: "Failure: mail that could not be sent, or a fault of carepass itself.",
    2: "Usage: a bad option or value, or a --reason, --yes or extra is missing.",
    3: "Not found: no such account, home, role, course, line or record.",
    4: "Refused by a rule; the error's code says which, as role-not-confirmed.",
    5: "A file that was imported had bad rows.",
    6: "The store is unavailable: missing, locked, damaged, not ours, or newer.",
    10: "A report that was asked to fail (--fail-if-any) found something.",
}

EXIT_CODES = "\n".join(
    (
        "What a script can tell from the exit code.",
        "",
        *(f"  {code:>3}  {meaning}" for code, meaning in CODES.items()),
        "",
        "Ctrl-C, and a 'no' to a question, exit 130; nothing is half done.",
        "'carepass check' alone speaks to monitoring: 0 OK, 1 WARNING, 2 CRITICAL,",
        "3 UNKNOWN.",
        "",
        "An error says what is the case, then what to do. With -o json or ndjson it is",
        "one object on stderr, whose code stays the same from version to version:",
        '  {"error": {"code": "...", "message": "...", "hint": "..."}}',
        "What nobody expected is kept in a log file, which the error names.",
    )
)

FORMATS = f"""How results are printed, and which files are read.

Output: -o {"|".join(OUTPUTS)}, or CAREPASS_OUTPUT.
  table   for people; in a terminal the columns that fit, in a pipe all of
          them, aligned, never cut
  json    lists are arrays of flat objects, 'show' gives one object
  ndjson  one object a line
  csv     UTF-8, with a header; a cell that a spreadsheet would take for a
          formula gets a leading ', and imports take it off again
Reports have more: matrix and summary html, pdf and xlsx, person html and pdf,
gaps xlsx, expiring ical.

--fields a,b,c picks columns, --sort a,-b sorts, --limit N keeps N rows,
--no-header leaves the header out, -q prints data only. Dates are ISO, absent is
null. stdout is data; messages, hints and progress go to stderr. A write prints
what it wrote, with 'result': created, updated or unchanged.

Imports: FILE, or - for standard input. The format is seen from the content.
  csv     as Excel saves it: UTF-8, UTF-16 or cp1252; comma, semicolon or tab
  ndjson  one object a line
  xlsx    the first sheet with anything in it, or --sheet
Columns are named like the keys of the lists, or as 'carepass help files' says.
All rows are checked, then all are written, or none. One bad row: exit 5.
  --dry-run             the same checks and counts, nothing is written
  --keep-going          write the good rows all the same
  --rejects FILE        keep the bad rows, each with its error, to correct and
                        import as it is
The same file again changes nothing. 'carepass audit undo CHANGE' takes a whole
import back; CHANGE is in its summary.
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

MEANINGS = {
    "db": "the store, as --db: a path or a URL",
    "today": "the day to act and look as of, as --today",
    "actor": "your name in the audit log, as --actor",
    "default_home": "the home of commands that want one",
    "output": "the format of results, as -o",
    "smtp": "the mail server's URL, as --smtp",
    "smtp_password_file": "the file with its password",
    "smtp_cafile": "the authority behind its certificate",
    "mail_from": "the sender's address",
    "helo": "this machine's name, for the mail server",
}
ENVIRONMENT_TEXT = "\n".join(
    (
        "What can be set once, not at every call.",
        "A flag wins over the environment, that over the config file.",
        "",
        *(f"  {variable:27} {MEANINGS[name]}" for name, variable in ENVIRONMENT.items()),
        "  CAREPASS_LOCK_WAIT          seconds to wait for another's lock [default: 30]",
        "  CAREPASS_PAGER, PAGER       for what is longer than the screen [less -FRX]",
        "  NO_COLOR                    no colour, if set to anything",
        "  FORCE_COLOR, CLICOLOR_FORCE colour, also where no terminal is",
        "",
        'The config file is TOML, with lines as: actor = "ana". It takes',
        *wrap(", ".join(IN_FILE), 78, initial_indent="  ", subsequent_indent="  "),
        "'carepass config set KEY VALUE' changes it, 'carepass config path' says where it",
        "lies, 'carepass config show' what is in force and why. One that holds the",
        "password must be readable by you alone.",
    )
)

STATUSES = """What each status means. None is stored: all are read off the dates.

A person and a course (requirement list, report gaps, report matrix):
  not-started  required, not completed, not due yet
  overdue      required, not completed, and the due day has passed
  valid        completed; the last valid day has not come near
  expiring     still valid, within the home's expiring_within of its last day
  expired      the last valid day has passed
  waived       excused by the home
What is under way for it (step):
  in-cart, submitted (waits for a decision), rejected, approved (waits for
  access), in-progress (inside its 14 days), lapsed (they passed)
A registration:
  approved, in-progress, completed, failed, lapsed, withdrawn
A role:
  pending (waits for the person), confirmed, ended, declined, cancelled; only
  confirmed counts
An account:
  created (the address is not confirmed yet), active, deactivated
A message:
  queued, sent, cancelled
"""


def _indented(name: str, words: Iterable[str]) -> str:
    """A name, and what belongs to it, over as many lines as it takes."""
    start = f"  {name:16}"
    return "\n".join(
        wrap(", ".join(words), 79, initial_indent=start, subsequent_indent=" " * 18, break_on_hyphens=False)
    )


FILES = "\n".join(
    (
        "Files as other systems write them, and how they are read.",
        "",
        "A nightly file from HR is one line, here with a profile:",
        "  carepass role sync staff.csv --home maple-grove --profile bamboohr",
        "First look how it is understood, then keep what you said as a profile:",
        "  carepass role sync staff.csv --home maple-grove --date-format dmy -n",
        "  carepass role sync staff.csv --home maple-grove --date-format dmy \\",
        "    --save-profile hr",
        "",
        f"Whom a row is about: {listed(PERSON)}; several must be",
        "one person's. Homes, roles and courses go by code, name, title or alias.",
        "",
        "Options, and what a profile calls them",
        "  --map 'FILE COLUMN=column'   [columns]        'Notes=' leaves it aside",
        "  --value 'role:PSW=psw'       [values.role]    a text, and what it stands for",
        "  --date-format dmy            [dates] format   or mdy, ymd, %d.%m.%Y",
        "  --name-order first-last      [rows] name_order",
        "  --skip-lines 3               [rows] skip_lines",
        "  --sheet Staff                [rows] sheet",
        "  --encoding cp850             [rows] encoding",
        "  --ignore-unknown             [rows] ignore_unknown",
        '                               [rows] skip = {Status = ["Terminated"]}',
        "A profile is TOML, PROFILE.toml in the folder profiles beside the config file,",
        "or any FILE.toml. Shipped:",
        _indented("", shipped_profiles()),
        "",
        "Dates: ISO, also with a time (which counts for its day in Toronto); days of a",
        "workbook; a month as a word, English or French. 03/04/2026 needs a format; the",
        "error says what would fit the whole column.",
        "A column with both names is 'Last, First', or with --name-order 'First Last'.",
        "",
        "Columns are known by these names, whatever their case, spaces, accents and",
        "marks, and by no others:",
        *(_indented(column, names) for column, names in SYNONYMS.items()),
        "",
        "Words in the column status",
        _indented("staying", STAYING),
        _indented("on leave", ON_LEAVE),
        _indented("leaving", LEAVING),
        "  others need --value 'status:T=Terminated'.",
    )
)

TOPICS = {
    "exit-codes": EXIT_CODES,
    "formats": FORMATS.rstrip(),
    "dates": DATES.rstrip(),
    "statuses": STATUSES.rstrip(),
    "environment": ENVIRONMENT_TEXT,
    "files": FILES,
}
