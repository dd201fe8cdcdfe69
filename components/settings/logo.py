"""An application's logo: a file that Entra takes.

Source: https://learn.microsoft.com/graph/api/application-update (logo) and the note of the
admin center on images: 100 kB, PNG, JPEG or GIF.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator

_LARGEST: Final = 100 * 1024
_BEGINNINGS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
"""The first bytes of PNG, JPEG and GIF: what a file is, whatever its name says."""


def read_logo(file: str) -> bytes:
    """The image in `file`; ValueError for what Entra would not take."""
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            size = path.stat().st_size
            raise ValueError(f"an image of at most {_LARGEST} bytes (this one has {size})")
        image = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ValueError(f"a file below the project's folder that can be read ({reason})") from None
    if not image.startswith(_BEGINNINGS):
        raise ValueError("a PNG, JPEG or GIF image")
    return image


def _readable(file: str) -> str:
    read_logo(file)
    return file


LogoFile = Annotated[str, AfterValidator(_readable)]
"""The path of an image, relative to the folder that the program runs in."""
