"""What happens: one function for each thing that people do, inside one unit of work."""
