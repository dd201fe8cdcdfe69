"""What ``--help`` says, for someone who has never seen this before."""

from __future__ import annotations

from localtenant.faults.spec import GRAMMAR

ABOUT = """\
A Microsoft Entra External ID tenant on this machine, for development and tests: Microsoft
Graph (/v1.0 and /beta) and the token endpoint, over HTTPS, kept in a folder. Whatever talks
to a real tenant talks to this one: set an address and credentials, which it tells you.

No account, no subscription, no network. It answers as the documentation and captures of
the real service say, but it has never been verified against a real tenant.
"""

EXAMPLES = """\
A first try, in two terminals:

  python -m localtenant serve --state /tmp/tenant

  curl --cacert /tmp/tenant/ca.pem https://localhost:8443/metadata/endpoints

Each command has its own help: python -m localtenant serve --help

Exit codes: 0 all is well (serve: it was stopped by SIGINT or SIGTERM), 1 it cannot be done,
and one line on stderr says why, 2 the command line is not understood.
"""

SERVE = """\
Serve a tenant until SIGINT or SIGTERM. The first start makes the tenant: its id, its
certificate authority, Microsoft Graph's service principal, and the application "Pulumi
deployer" that a client signs in as. Later starts find everything as it was left, however the
process ended: what was answered is on disk.

When the tenant is ready, one line of JSON on stdout says where it is and how to reach
it; "env" in it holds the environment variables for a client, for example:

  ARM_METADATA_HOSTNAME, ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET   azuread plugin
  AZURE_AUTHORITY_HOST, AZURE_TENANT_ID, AZURE_CLIENT_ID, …                azure-identity
  SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS                   trust in its HTTPS

Only this machine can reach it: it listens on 127.0.0.1 and ::1, and nothing changes that. What
it does not implement, it answers with status 501 and a sentence that says so. It has never been
verified against a real tenant.
"""

SERVE_EXAMPLES = f"""\
examples:
  python -m localtenant serve --state DIR
  python -m localtenant serve --state DIR --port 0 --client ci=User.Read.All,Group.Read.All
  python -m localtenant serve --state DIR --fault throttle,every=5 --log requests.jsonl
  sudo python -m localtenant serve --state DIR --port 443 --alias-host contoso.ciamlogin.com

Exit code 0: a signal has stopped it. 1: it cannot start, and one line says why, such as a
taken port, a state folder in use, or an option that the tenant in it cannot obey.

Further host names are for clients that insist on them. With the line
"127.0.0.1 contoso.ciamlogin.com" in this machine's hosts file, the last example is what
such a client finds at https://contoso.ciamlogin.com/, with tokens and addresses that say
so. The authority that clients trust (ca.pem in DIR) stays the same, whatever the names.

A state folder belongs to one process at a time; a second one is refused. While the tenant
runs, "snapshot" and "reset" of the command line ask it, and so can you:

  curl --cacert CA -X PUT    …/-/snapshots/NAME     take a snapshot, or take it anew
  curl --cacert CA -X POST   …/-/snapshots/NAME     go back to it
  curl --cacert CA -X DELETE …/-/snapshots/NAME     delete it
  curl --cacert CA           …/-/snapshots          list them
  curl --cacert CA -X POST   …/-/reset              have a new tenant

Faults make bad days on demand. The same requests in the same order meet the same faults;
what is left to chance follows from --seed.

{GRAMMAR}
At run time /-/faults shows the faults and what they have hit, replaces and ends them:

  curl --cacert CA https://localhost:8443/-/faults
  curl --cacert CA -X PUT    …/-/faults -d '{{"faults": ["throttle,every=5"], "seed": 7}}'
  curl --cacert CA -X DELETE …/-/faults
"""

SNAPSHOT = """\
Keep the whole tenant as it is at this moment under a name, and go back to it later.

It works whether or not the tenant runs. One that runs does it itself, between two writes, and
goes on: its address, its ID, its signing key and its clients' credentials stay, tokens go on
working, and clients find the other state with their next request. One that does not run is
changed by this command, and nobody else can start it meanwhile.

A snapshot is there whole or not at all, and going back happens whole or not at all, even if the
process is killed half way. Snapshots are files in the state folder (snapshots/NAME.sqlite3); they
hold secrets, as the folder does. A copy of one is good in the state folder of a tenant with the
same tenant ID.
"""

SNAPSHOT_EXAMPLES = """\
examples:
  python -m localtenant snapshot --state DIR take before-migration
  python -m localtenant snapshot --state DIR list
  python -m localtenant snapshot --state DIR restore before-migration
  python -m localtenant snapshot --state DIR delete before-migration

"list" prints a line for each: name, when it was taken (UTC), bytes. Exit code 1: there is no
tenant in DIR, no such snapshot, or another command is at work in DIR; one line says which.
"""

USERS = """\
Customers are the users who sign in to applications with an email address. They sign up on the
pages of the tenant, or are added here. One with a password signs in with it; one without gets a
passcode by mail, and mails are on the page /-/mailbox of the tenant.

It works whether or not the tenant runs, as "snapshot" does. What Graph would refuse, such as a
weak password or an address that is taken, is refused in Graph's words.
"""

USERS_EXAMPLES = """\
examples:
  python -m localtenant users --state DIR list
  python -m localtenant users --state DIR add ada@example.com --password Correct-horse-7 --name Ada
  python -m localtenant users --state DIR remove ada@example.com

"list" prints a line for each account: its address, user name or principal name; how it signs in,
by "password" or "passcode", by a provider such as google.com, or by both; display name; object ID.
Exit code 1: there is no tenant in DIR, no such customer, or it is refused; one line says which.
"""

STAND_IN = """\
The local tenant asks nobody who is not on this machine. Google, Facebook, Apple and OpenID
providers elsewhere have a button on its sign-in page all the same, and any OpenID issuer on this
machine can stand in for them, such as a second local tenant. Customers, tokens and Graph see the
provider's own name, google.com and so on.

It works whether or not the tenant runs, as "snapshot" does, and from the next sign-in on. A reset
of the tenant leaves it as it is. An OpenID provider on this machine needs no stand-in, but
"set ISSUER --trust CA_FILE" says by whom its certificate was made.
"""

STAND_IN_EXAMPLES = """\
examples:
  python -m localtenant serve --state OTHER --port 7443
  python -m localtenant stand-in --state DIR set google --tenant OTHER
  python -m localtenant stand-in --state DIR set google https://localhost:9000/realm \\
    --trust ca.pem --client-id ID --client-secret TEXT
  python -m localtenant stand-in --state DIR set https://localhost:9000/realm --trust ca.pem
  python -m localtenant stand-in --state DIR list
  python -m localtenant stand-in --state DIR remove google

With --tenant the other tenant gets an application with a secret for this one, and is asked at
127.0.0.1: a browser's cookies are those of a host name, whatever the port. Exit code 1: there is
no tenant in DIR, or it cannot stand in; one line says why.
"""

RESET = """\
Have a new tenant in the place of the one in the state folder: everything that anyone made is
gone, soft-deleted objects included, and everything that was changed is as it was first.

It stays the tenant that it is: its ID, its signing key, the IDs of what a new tenant holds, and
its clients with their secrets are as before, so whoever uses it need not be told. Snapshots stay.

It works whether or not the tenant runs, as "snapshot" does, and happens whole or not at all.
Clients that --client made are there again at once if the tenant runs, else from its next start.
"""

RESET_EXAMPLES = """\
examples:
  python -m localtenant reset --state DIR

There is no question and no way back, except to a snapshot taken before. Exit code 1: there is
no tenant in DIR, or another command is at work in it.
"""
