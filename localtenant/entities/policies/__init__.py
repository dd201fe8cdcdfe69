"""Policies of the tenant, and its branding."""
