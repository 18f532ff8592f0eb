"""The read side: SQL text beside the row that it yields. Runs through either door."""
