"""From results to text: one renderer for tables, JSON, NDJSON and CSV, from the same columns."""
