"""Custom authentication extensions: interfaces of one's own that events of a sign-in call."""
