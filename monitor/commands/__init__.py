"""One module a command of `hhhilft`; each has one public click command named like its file."""
