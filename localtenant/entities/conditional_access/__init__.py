"""Conditional Access: its policies, named locations and authentication strengths."""
