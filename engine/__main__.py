"""Command line: `python -m engine install` gets an engine, `doctor` shows what there is."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console

from engine.doctor import report
from engine.errors import EngineError
from engine.find import install


def main() -> int:
    """Run the command; 0 when it succeeded."""
    parser = argparse.ArgumentParser(
        prog="python -m engine", description="The Pulumi engine of this checkout."
    )
    parser.add_argument(
        "command", choices=("install", "doctor"), help="get an engine, or show what there is"
    )
    command: str = parser.parse_args().command
    console = Console(highlight=False, soft_wrap=True)
    try:
        if command == "doctor":
            return 0 if report(console) else 1
        for line in install(console).lines():
            console.print(line)
    except EngineError as error:
        console.print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped. What was fetched and compiled so far is kept.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
