"""The tenant page: what the tenant holds, what it was asked, and a sign-in to try."""
