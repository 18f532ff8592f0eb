"""One module per noun: parse, call one service or query, return what it gave. No SQL, no policy."""
