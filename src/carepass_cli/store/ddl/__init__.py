"""The schema's SQL for each engine, and the hash of SQLite's as `store.shape` takes it.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

SQLITE_SHAPE = "857c8a2dcd8023fd350bd5d9d9eb4bb891f96d530e79115bed47d7d96c89e3a3"
