"""What the community edits, as TOML; what is broken is said with file, line and fix."""

import re
import tomllib
from pathlib import Path
from typing import Any

from data.errors import ModelError
from data.system_words import why_de

FOLDER = Path(__file__).parent


def read_reference(path: Path) -> dict[str, Any]:
    """Return the file's tables. Raises ModelError where it is missing or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ModelError(
            de=f"{path} ist nicht lesbar ({why_de(error)}). "
            "Die Datei aus der Auslieferung zurückholen.",
            en=f"{path} cannot be read ({error.strerror}). Restore the file as it was delivered.",
        ) from error
    except UnicodeDecodeError as error:
        raise ModelError(
            de=f"{path} ist nicht UTF-8 (Byte {error.start}). Die Datei als UTF-8 speichern.",
            en=f"{path} is not UTF-8 (byte {error.start}). Save the file as UTF-8.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ModelError(
            de=f"{path} ist kein gültiges TOML: {error}. "
            "Dort Anführungszeichen, Kommas und Klammern prüfen.",
            en=f"{path} is not valid TOML: {error}. Check quotes, commas and brackets there.",
        ) from error


def refuse(path: Path, met: str, de: str, en: str) -> ModelError:
    """Make the error for `met`, a text in the file that cannot work, with the line it stands in."""
    line = next(
        (number for number, text in enumerate(_lines(path), 1) if re.search(re.escape(met), text)),
        0,
    )
    return ModelError(
        de=f"{path}, Zeile {line}: „{met}“ {de}",
        en=f"{path}, line {line}: “{met}” {en}",
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()
