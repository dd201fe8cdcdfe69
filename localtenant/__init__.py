"""A Microsoft Entra External ID tenant that runs on this machine in one process.

It serves Graph and the token endpoint over HTTPS on the loopback interface and keeps its state in
SQLite. It has never been verified against a real tenant.

- ``odata/``: the engine. Declared types, paths, bodies, queries, answers; it knows no entity.
- ``entities/``: Graph's entities, each a declaration with the rules that are really its own, and
  the tree of paths to them. A new entity is a module here and a line in the tree.
- ``permissions``: which Graph permissions each operation accepts, as one table.
- ``signin/``: the token endpoint, discovery, keys and environment metadata.
- ``pages/``: what a customer sees of a sign-in, and the mailbox that mails go to.
- ``graph`` and ``app``: HTTP around both; middleware goes around ``app``.
- ``store`` and ``transaction``: documents, look-up keys and links in SQLite.
- ``faults/``: bad days on demand, such as throttling, broken connections and replication lag.
- ``cli``, ``options``, ``help_texts``: the command line. ``serving`` starts a tenant, with
  ``statefolder``, ``identity``, ``seed``, ``addresses``, ``certificates`` and ``server``.
- ``states`` and ``snapshots``: taking a tenant back; ``state_commands`` and
  ``state_administration`` let others do so. ``folder_commands`` is what commands share.
- ``testing`` and ``pytest_plugin``: a tenant for a test.
"""
