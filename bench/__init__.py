"""How fast and how big all of it is: ``make bench``, which writes docs/benchmarks.md.

Not a test: a machine that is busy makes every number worse. What is compared is measured in turn,
in the same run.

- ``seed`` and ``growth``: the program on the real engine, in a tenant of its own (``stack``), with
  what a command takes (``processes``) and asks of Graph (``wire``);
- ``script`` and ``calls``: what a script of raw calls would send instead, and the critical path;
- ``startup``: what the program and the provider process import;
- ``tenant`` and ``moto``: the local tenant beside moto's server. Server and client each have a core
  of their own where the machine has two; every request goes through the same small client
  (``connection``), over one connection at a time (``measure``, ``table``);
- ``sign_in``: customers who sign in to the seed's tenant (``customers``), in a browser that costs
  little (``browser``), and in a real one where there is one (``chromium``);
- ``samples``: what was measured, as JSON; ``document``, ``seed_tables``, ``growth_tables``,
  ``figure_tables`` and ``texts`` write about it, ``plots`` draws it.
"""
