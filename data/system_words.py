"""What the operating system refuses, in German; in English it says so itself."""

import errno

_GERMAN = {
    errno.ENOENT: "das gibt es nicht",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
    errno.EEXIST: "dort liegt schon eine Datei dieses Namens",
    errno.EACCES: "keine Berechtigung",
    errno.EPERM: "nicht erlaubt",
    errno.EROFS: "dort kann nur gelesen werden",
    errno.ENOSPC: "kein Platz mehr auf dem Datenträger",
    errno.EDQUOT: "das Speicherkontingent ist erschöpft",
    errno.EIO: "der Datenträger meldet einen Fehler",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ELOOP: "die Verknüpfungen führen im Kreis",
    errno.EMFILE: "zu viele offene Dateien",
    errno.EADDRINUSE: "der Port ist schon vergeben",
    errno.EADDRNOTAVAIL: "diese Adresse hat der Rechner nicht",
}


def why_de(error: OSError) -> str:
    """Say in German why; what is not known here stays as the system put it."""
    return _GERMAN.get(error.errno or 0) or error.strerror or str(error)
