"""Other identity providers that vouch for customers: Google, Facebook, Apple, OpenID providers."""
