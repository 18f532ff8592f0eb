"""carepass: training requirements, registrations and expiry dates of long-term-care staff."""

__version__ = "0.2.0"
