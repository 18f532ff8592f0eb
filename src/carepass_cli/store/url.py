"""URLs of servers, taken apart once: who connects and who shows one read it alike."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

# What may be shown of a URL's `?name=value` pairs; any other value could be a secret.
OPEN_PARAMETERS = {
    *("host", "hostaddr", "port", "dbname", "user", "sslmode", "sslrootcert", "sslcert", "gssencmode"),
    *("target_session_attrs", "load_balance_hosts", "connect_timeout", "application_name", "starttls"),
}
_HOST = r"(?:\[[0-9A-Fa-f:.%]*\]|[^:@/?#,\[\]]*)(?::[0-9]*)?"
# A URL as its rules are: whatever is special in a user's name or password is percent-encoded.
PROPER = re.compile(
    r"(?:(?P<user>[^:@/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)"
    r"(?P<path>/[^/@?#]*)?"
    r"(?P<query>\?(?:[a-z_]+=[^&#]*(?:&|$))*)?"
)
# A password as people write it, with any sign in it: it ends at the last @.
CARELESS = re.compile(
    r"(?P<user>[^:]*)(?::(?P<password>.*))?@(?P<hosts>[^@/?]*)(?P<path>/[^@?]*)?(?P<query>\?[^@]*)?",
    re.DOTALL,
)


class Url(NamedTuple):
    """`scheme://user:password@place?query`; `place` is the hosts and the path, `query` begins with its `?`.
    Name and password are decoded."""

    scheme: str
    user: str | None
    password: str | None
    place: str
    query: str

    def shown(self) -> str:
        """Without the password, and of the query only what is known to be no secret."""
        pairs = [pair.partition("=") for pair in self.query[1:].split("&")] if len(self.query) > 1 else []
        said = [f"{name}={value if name in OPEN_PARAMETERS else '***'}" for name, _, value in pairs]
        return self._written("***", "?" + "&".join(said) if said else "")

    def encoded(self) -> str:
        """As every parser reads it."""
        return self._written(quote(self.password or "", safe=""), self.query)

    def _written(self, password: str, query: str) -> str:
        user = "" if self.user is None else quote(self.user, safe="")
        secret = "" if self.password is None else f":{password}"
        at = "" if self.user is None else "@"
        return f"{self.scheme}://{user}{secret}{at}{self.place}{query}"


def split_url(text: str) -> Url:
    """A URL's parts. What is no proper URL is taken for one with a careless password."""
    scheme, _, rest = text.partition("://")
    match = PROPER.fullmatch(rest) or CARELESS.fullmatch(rest)
    if match is None:  # there is nobody in it, so nothing to hide before its ?
        place, mark, query = rest.partition("?")
        return Url(scheme, None, None, place, mark + query)
    user, password = match["user"], match["password"]
    return Url(
        scheme,
        None if user is None else unquote(user),
        None if password is None else unquote(password),
        match["hosts"] + (match["path"] or ""),
        match["query"] or "",
    )
