"""Policy as pure functions on dates and small values. No I/O, no `now()`, no database."""
