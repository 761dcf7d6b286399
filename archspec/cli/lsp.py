"""`archspec lsp`."""


def lsp() -> None:
    """Answer an editor over standard input and output. Needs the extra `editor`."""
    from archspec.errors import MissingExtraError

    try:
        import pygls  # noqa: F401
    except ImportError:
        raise MissingExtraError("the language server", "editor") from None
    from archspec.editor.server import server

    server().start_io()
