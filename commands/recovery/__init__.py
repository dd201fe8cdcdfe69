"""Finds what a run that was killed has left, and clears it up before the next one.

A CLI, program, plugin or machine may end at any moment. What can remain is a lock, processes, and
objects in the tenant that the state does not know. Every step may itself be cut short and repeated.
"""

from __future__ import annotations

from rich.console import Console

from commands.recovery import checkpoint, failures, leftovers, locks, unfinished
from commands.stack import Stack


def recover_elsewhere(stack: Stack, console: Console) -> None:
    """Do the same for a stack in any backend, as far as that is the same everywhere.

    Its lock is the backend's (`pulumi cancel`), its processes are the user's. Raises CommandError
    when the state cannot be had or the tenant cannot be asked.
    """
    if not unfinished.take_in(stack, (), console):
        console.print(f"No operation on {stack.name} was interrupted.")


def recover(stack: Stack, console: Console) -> bool:
    """Make the stack ready for a run, and say what had to be done for it.

    Returns whether anything had to. Raises CommandError when another run is at work, or when it
    cannot be told.
    """
    done = [
        locks.remove(stack.backend, stack.name, console),
        checkpoint.repair(stack.backend, stack.name, console),
        # What they have under way must have reached the tenant before it is asked for objects.
        leftovers.end(stack.environment, console),
        unfinished.take_in(stack, failures.failed_creates(stack.events), console),
    ]
    stack.events.unlink(missing_ok=True)
    return any(done)
