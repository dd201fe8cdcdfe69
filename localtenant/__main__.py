"""``python -m localtenant``."""

from __future__ import annotations

import sys

from localtenant.cli import main

if __name__ == "__main__":
    sys.exit(main())
