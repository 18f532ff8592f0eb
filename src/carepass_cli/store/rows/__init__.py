"""A typed row for each table, its columns by name. Generated from `schema`."""
