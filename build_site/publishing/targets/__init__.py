"""The kinds of targets: two ways to lay a site out, and what each protocol can do for them."""
