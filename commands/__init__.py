"""What the Makefile's targets do on the stack `local`, the tenant that runs on this machine.

For every other stack the Makefile runs the user's own `pulumi` and nothing of this.
"""
