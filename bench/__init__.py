"""How fast and how big the local tenant is, beside moto's server: ``make bench``.

Not a test: a machine that is busy makes every number worse. Server and client each have a core of
their own where the machine has two, so a rate is what one core serves. Every request goes through
the same small client over one connection at a time.

- ``connection``: that client.
- ``measure``: rates and percentiles of repeated requests.
- ``tenant`` and ``moto``: what is measured of each.
- ``table``: how it is shown.
"""
