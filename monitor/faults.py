"""Faults of the world around the program while it runs, as sentences: database, disk."""

import errno
import sys

from data.errors import MonitorError, StoreError
from data.system_words import why_de

_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM)


def in_words(error: Exception) -> MonitorError | None:
    """Say what a person can put right; None for a programmer's mistake, which keeps its traceback.

    A store that vanishes, is locked or is damaged fails in the middle of a step, where no step can
    do anything about it: it is told here, once for all commands.
    """
    if isinstance(error, OSError):
        return _of_the_disk(error) if error.errno in _DISK else None
    known = sys.modules.get("sqlalchemy.exc")  # not loaded for --help, nor by files without a store
    if known is None or not isinstance(error, known.DBAPIError):
        return None
    if not isinstance(error, known.OperationalError) and type(error) is not known.DatabaseError:
        return None
    return _of_the_store(str(error.orig).strip().splitlines()[0] if str(error.orig) else "?")


def _of_the_store(what: str) -> StoreError:
    if "locked" in what:
        de = "Ein anderes Programm schreibt schon lange hinein. Dieses beenden oder abwarten."
        en = "Another program has been writing to it for long. Stop that one, or wait."
    elif "malformed" in what or "not a database" in what:
        de = "Die Datei ist beschädigt. Die letzte Sicherung zurückspielen."
        en = "The file is damaged. Restore the last backup."
    elif "full" in what:
        de, en = "Der Datenträger ist voll. Platz schaffen.", "The disk is full. Make room."
    else:
        de = "Was ihr fehlt, sagt: hhhilft doctor"
        en = "To see what is wrong: hhhilft doctor"
    return StoreError(
        de=f"Die Datenbank antwortet nicht wie erwartet: {what}. {de}",
        en=f"The database does not answer as it should: {what}. {en}",
    )


def _of_the_disk(error: OSError) -> MonitorError:
    where = f"{error.filename}: " if error.filename else ""
    return MonitorError(
        de=f"{where}{why_de(error)}. Platz und Rechte prüfen, dann noch einmal.",
        en=f"{where}{error.strerror}. Check room and permissions, then try again.",
    )
