"""A text file appears whole or not at all."""

import os
import tempfile
from pathlib import Path


def whole_file(path: Path, text: str) -> Path:
    """Write beside the file and rename, so that nobody reads half of it; return `path`."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        return Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
