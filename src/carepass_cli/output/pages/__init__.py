"""Pages to hand to others: what each says, and one style and one set of templates that draw them all."""
