"""What is open, changed, saved and closed."""

from pathlib import Path

from lsprotocol import types

from archspec.editor.positions import path_of
from archspec.editor.server import Server


def register(server: Server) -> None:
    """Let the server follow the editor."""

    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        options = params.initialization_options
        ls.shows_hints = isinstance(options, dict) and options.get("inlayHints") is True

    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, params: types.InitializedParams) -> None:
        found = (path_of(folder.uri) for folder in ls.workspace.folders.values())
        ls.project.folders = tuple(each for each in found if each is not None)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        _follow(ls, ls.take(params.text_document.uri), pause=0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        _follow(ls, ls.take(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        _all_anew(ls)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed_on_disk(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        _all_anew(ls)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            ls.project.close(path)
            wanted = ls.project.roots()
            for root in [each for each in ls.project.snapshots if each not in wanted]:
                ls.forget(root)
            _all_anew(ls)


def _follow(ls: Server, path: Path | None, **pause: float) -> None:
    """Judge all specs that a file is part of."""
    if path is not None:
        shared = [root for root, known in ls.project.snapshots.items() if known.file_named(path) is not None]
        root = ls.project.root_of(path)
        gone = [each for each in shared if each == path and root != path]  # it says no version any more
        for each in gone:
            ls.forget(each)
        ls.judge(dict.fromkeys([*(each for each in shared if each not in gone), *([root] if root else [])]), **pause)


def _all_anew(ls: Server) -> None:
    """Files that nobody has open may have changed too: includes, the configuration, what was closed unsaved."""
    ls.project.look_again()
    ls.judge(ls.project.roots(), pause=0)
