"""The tenant itself and its objects of any type."""
