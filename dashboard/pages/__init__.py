"""One module a page: `layout` answers a request, `register` makes it known to the app."""
