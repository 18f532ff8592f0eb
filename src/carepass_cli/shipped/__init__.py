"""What comes with the program and can be read without a store: Ontario's catalogue, the role templates."""
