"""The schema's SQL for each engine, and the hash of SQLite's as `store.shape` takes it.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

SQLITE_SHAPE = "e367a98b7e1ba81e683ad70e0ba776f02694babe81c0fb57840685d291a3c004"
