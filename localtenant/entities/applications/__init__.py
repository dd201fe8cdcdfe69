"""App registrations."""
