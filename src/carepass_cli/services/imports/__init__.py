"""Files of many rows into the store: one module for each noun, on the machinery of `batch`."""
