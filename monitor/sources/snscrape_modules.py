"""snscrape's scrapers, one module at a time, on every Python that the program runs on.

`snscrape.modules` imports all its scrapers at once by `find_module`, which Python 3.12 no longer
has. An empty package in its place, with the same path, lets each module be imported alone; nothing
of the installed package is changed.
"""

import importlib
import importlib.util
import sys
import types
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import SourceError


@cache
def scraper_module(name: str) -> Any:
    """Import `snscrape.modules.<name>`; SourceError where snscrape is not installed."""
    if "snscrape.modules" not in sys.modules:
        found = importlib.util.find_spec("snscrape")
        if found is None or not found.submodule_search_locations:
            raise SourceError(
                de="Das Paket snscrape fehlt. Installieren mit: make install",
                en="The package snscrape is missing. Install it with: make install",
            )
        package = types.ModuleType("snscrape.modules")
        package.__path__ = [
            str(Path(each) / "modules") for each in found.submodule_search_locations
        ]
        sys.modules["snscrape.modules"] = package
    return importlib.import_module(f"snscrape.modules.{name}")
