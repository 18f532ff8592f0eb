"""Files of many rows: read as a stream, as often as needed; the bad rows handed back to be mended."""
