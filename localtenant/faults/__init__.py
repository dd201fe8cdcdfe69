"""Bad days on demand: throttling, failures, broken connections, replication lag, short tokens.

- ``spec``: a fault as one line of text, read and refused.
- ``plan``: which faults strike a request; no input or output, the same for the same seed.
- ``wire``: the middleware that carries a plan out; ``answers`` are what it says.
- ``lag``: replication lag, operation by operation.
- ``administration``: ``/-/faults``, where the faults of a running tenant are set.
"""
