"""How this machine comes by a Pulumi engine and its plugins.

It looks on PATH, asks the vendor's installer, and builds the CLI from its published source, in that
order. What of the release cannot be had that way has a stand-in here, in Python. `find.find()`
returns the engine, `find.install()` gets one; on the command line: `python -m engine install`,
`python -m engine doctor`.
"""
