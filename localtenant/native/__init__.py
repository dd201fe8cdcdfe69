"""Native authentication: an application signs customers up and in on pages of its own."""
