"""What docs/benchmarks.md says beside the figures."""

from __future__ import annotations

from typing import Final

INTRODUCTION: Final = """\
What `pulumi up` of this project takes, beside what a user would run instead and beside what it
cannot go below. `make bench` measures it anew in a few minutes, `BENCH=full make bench` with more
rounds and larger stacks; times on other machines differ, their ratios less. Each figure is a
median; in brackets the least and the greatest. Requests to Graph are counted by the tenant's log,
processor time is that of all processes of a command, memory the most that they held together."""

BUSY: Final = """\
The machine was busy with other things: the seconds are too many, and their ratios uncertain.
Processor time and requests are not much affected."""

SEED: Final = """\
Beside each command: *an empty program* imports what the program imports and declares nothing, so
it is what Pulumi itself takes; *the script* sends the fewest raw calls of Graph that make the same
objects, one after the other, from a process that runs and is signed in already. The latency is that
of each request to Graph; with *lag*, an object is seen by others only that long after it was made.
`up`, `refresh` and `destroy` are run with `--yes`: `up` and `refresh` with a preview
first, so that this refresh reads each object twice."""

REAL_WAITS: Final = """\
The real plugin waits longer, whatever the tenant: 4 s after a client secret was made, and 20 s
after each deletion of an application, a service principal or a secret. It also sends 2 PATCHes and
1 to 3 GETs more for each application and service principal that it makes."""

REAL_COLUMN: Final = """\
The last column has what it waits, where waits follow each other."""

AGAINST: Final = """\
The bound is the critical path (the longest chain of calls of which each needs an answer to the one
before it, times the latency; and where something has to be replicated first, that wait), plus what
Pulumi itself takes: the empty program."""

GROWTH: Final = """\
One API and so many web applications in one user flow, each with a secret and consent to the API
and to Microsoft Graph; or so many user flows. Without latency, one run of each, `up` and `refresh`
without their preview."""

STARTUP: Final = """\
In fresh interpreters, in turn. The provider process is ready for an operation when it has imported
all of it and holds a connection that has sent nothing yet. What it does not load until somebody
asks for it: azure-identity (any way to sign in but a client secret) and msgraph-sdk
([decision 11](decisions/0011-what-providers-load.md))."""

PACKAGES: Final = """\
By package, `import pulumi` included, measured once; what a package imports of others counts for
those."""

TENANT: Final = "Beside moto's server; each has a core of its own where there are two."

SIGN_IN: Final = """\
A customer of the seed's tenant, in a new browser each time: from the authorize endpoint by the
pages of the user flow (address, password, whether to stay signed in) to the application, which
redeems the code with its secret and the verifier of PKCE for an access token of the API, an ID
token and a refresh token. A sign-up reads its passcode in the tenant's mailbox. All of it is over
one connection with TLS that is kept, against a tenant on disk. In Chromium it is the same pages
with their style, in a new context each time, up to the request to the redirect URI; what that takes
beyond the first figure is the browser's own work. Beside them, the token endpoint alone and the
page at the tenant's root."""

HASHING: Final = """\
Checking the password is {share:.0f} % of the whole sign-in, and slow on purpose: scrypt, so that
whoever gets hold of what is kept of it cannot try many."""

NO_CHROMIUM: Final = """\
A sign-in in Chromium was not measured: that takes Playwright, which `make test` installs, and a
Chromium in `$CHROMIUM` or on PATH."""

BOUNDS: Final = """\
## What bounds it now

- **`up` from nothing**: the program runs twice, in the preview and in the update, and each time
  three interpreters start for it (the program, the azuread stand-in, the provider host), of which
  each imports the SDK. On two cores their processor time is what is left: see *processor s* beside
  the empty program's.
- **Its critical path** has six calls in the update where a script needs four, for azuread looks
  whether an application's name is taken before it makes one (`preventDuplicateNames`): a run that
  was cut short would make a second one. The preview looks as well, one name after the other, and
  each run asks first which tenant it is. That is why the share grows with the latency.
- **A preview without a change**: the same three interpreters. Plugins start while the program
  imports its modules, one after the other, as the engine does it. The tenant and Microsoft Graph
  are read meanwhile by two requests of the program's own: the look-up that azuread offers tells all
  of Microsoft Graph, and kept engine and SDK busy for half a second in each run.
- **Requests of the providers**: one for each object that is made, read, changed or taken out; an
  application in a flow is read by asking for the flow that has it, whose answer does not grow.
  Deleting a flow takes two: whether applications still sign in by it is asked first, and that is
  wanted. azuread's resources are those with the fewest: [decision
  10](decisions/0010-azuread-resources.md).
- **Replication lag**: a refused request is repeated after a tenth of the time waited so far, so
  at most a tenth is lost once the object is there; the stand-in does the same. What is waited for
  hides some of the processor time.
- **The real plugin** with the seed's tenant, once, without latency: `up` from nothing 6.9 s and 49
  requests of azuread, a preview without a change 1.4 s, `up` without one 2.2 s, `refresh` 1.6 s,
  one attribute 2.4 s, `destroy` 62 s, of which 60 s are three waits after deletions, one after the
  other.
- **Owners**: azuread reads applications and service principals in two requests each, with their
  owners; every other object takes one.
- **Growth**: each client adds the same requests, memory of the program and state. What grows faster
  is processor time, of two others: the CLI writes the whole state to a file at each step, so that
  twice as many resources write four times as much; and the SDK waits for all outputs of a program
  anew each time one of them is there. Half of the state are stack traces that the SDK records of
  each resource, and it has no switch for that. Pulumi's service takes a journal instead of the
  whole state. `PULUMI_SKIP_CHECKPOINTS` would help a file, but a killed run would lose what it has
  made. Several stacks of some dozens of clients are faster than a large one. Applications are put
  into a flow four at a time, by the four threads of Pulumi's provider host: n of them take n / 4
  times the latency."""
