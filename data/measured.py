"""How often the program errs, as measured on invented data: `reference/errors.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_errors() -> dict[str, dict[str, Any]]:
    """Give section -> its figures, and the `line` of BENCHMARKS.md that they come from."""
    return tomllib.loads(files("data.reference").joinpath("errors.toml").read_text("utf-8"))
