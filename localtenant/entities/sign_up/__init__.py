"""How customers sign up and in."""
