"""Connects this interpreter to a deployment and runs the program in it, as the SDK expects."""

from __future__ import annotations

import asyncio
import logging
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pulumi
import pulumi.runtime

from engine.language_host.job import USER_WAS_TOLD, Job


def run(job: Job, program: Path) -> int:
    """Run `program` for the deployment that `job` describes; returns the exit code."""
    pulumi.runtime.set_all_config(job["config"], job["secret_keys"])
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            project=job["project"],
            stack=job["stack"],
            monitor=job["monitor"],
            engine=job["engine"],
            parallel=job["parallel"],
            dry_run=job["dry_run"],
            organization=job["organization"],
            root_directory=job["root"],
        )
    )
    # Outputs that never resolve after a failure are no concern of the reader.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    threads = ThreadPoolExecutor(max_workers=max(job["parallel"], 1) * 4)
    loop = asyncio.new_event_loop()
    loop.set_default_executor(threads)
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: _run_file(program)))
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return USER_WAS_TOLD
    except Exception as error:  # noqa: BLE001 - whatever a program raises, its author is told
        pulumi.log.error(_told(error, program))
        return USER_WAS_TOLD
    finally:
        threads.shutdown(wait=True)
        loop.close()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _run_file(program: Path) -> None:
    runpy.run_path(str(program), run_name="__main__")


def _told(error: Exception, program: Path) -> str:
    """How a failure looks to its author: the traceback from the program's first line on."""
    frames = traceback.extract_tb(error.__traceback__)
    folder = program if program.is_dir() else program.parent
    files = [Path(frame.filename) for frame in frames]
    first = next((n for n, file in enumerate(files) if file.is_relative_to(folder)), 0)
    shown = traceback.format_exception(error, limit=first - len(frames))
    return "Program failed with an unhandled exception:\n" + "".join(shown)
