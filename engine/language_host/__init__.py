"""Stands in for `pulumi-language-python`: runs Pulumi programs written in Python for the plain CLI.

The official host is not published as source that can be built alone, so a CLI that was built here
comes without it.
"""
