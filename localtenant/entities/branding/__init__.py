"""Company branding of the sign-in pages."""
