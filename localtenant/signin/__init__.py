"""Sign-in: the token endpoint, discovery, keys and environment metadata."""
