"""`python -m monitor` is `hhhilft`."""

from monitor.cli import main

main()
