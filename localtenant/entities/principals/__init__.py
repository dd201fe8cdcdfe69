"""Service principals, and what they may do."""
