"""The store: the schema, its two doors (`engine` writes, `reader` and `queries` read), its care."""
