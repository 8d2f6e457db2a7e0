"""Names of the built-in components; written by `make index`."""

INDEX: dict[str, dict[str, tuple[str, str]]] = {}
