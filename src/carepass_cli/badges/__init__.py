"""Signed credentials: a port of our own, the library behind it, and the file a person carries.

Knows neither the store nor a terminal.
"""
