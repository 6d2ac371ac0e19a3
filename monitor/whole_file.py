"""A text file appears whole or not at all."""

import os
import tempfile
from pathlib import Path


def whole_file(path: Path, text: str, mode: int = 0o644) -> Path:
    """Write beside the file and rename, so that nobody reads half of it; return `path`.

    `mode` says who may read it: everybody, or with 0o600 its owner alone.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(mode)
        return Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
