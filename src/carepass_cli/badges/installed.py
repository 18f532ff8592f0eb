"""Which library stands behind the port."""

from carepass_cli.badges.port import Badges
from carepass_cli.errors import MissingExtra


def load_badges() -> Badges:
    """The library that is installed. Raises MissingExtra where it is not."""
    try:
        from carepass_cli.badges.openbadges import OpenBadges
    except ImportError:
        raise MissingExtra("badges", "The passport") from None
    return OpenBadges()
