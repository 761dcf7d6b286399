"""libyaml's syntax errors in a reader's words: where the mistake is, not where the parser noticed it."""

import re
from typing import Any

from archspec.errors import Problem, Span
from archspec.frozen import frozen
from archspec.language.reader.characters import position

_INDICATORS = {
    "@": "`@`",
    "`": "a backtick",
    "%": "`%`",
    "&": "`&`, which YAML takes for an anchor",
    "*": "`*`, which YAML takes for an alias",
    "!": "`!`, which YAML takes for a tag",
    "|": "`|`, which YAML takes for a block of text",
    ">": "`>`, which YAML takes for a block of text",
}
_NO_BLANK = re.compile(r"(?:- )?([A-Za-z_][\w .>-]*):([^\s:/].*)")
"""The same where no blank stands behind the colon."""
_PAIR = re.compile(r"""(?:- )*("[^"]*"|'[^']*'|[^\s#"'\[{][^#"'\[{]*?):\s+(\S.*)""")
"""A key and its value, in a line without the blanks round it."""


@frozen
class _Scene:
    """A syntax error with its text at hand."""

    text: str
    file: str
    said: str
    at: int
    """Index where libyaml noticed it."""
    since: int
    """Index where the thing it was reading began."""

    def problem(self, message: str, remedy: str, start: int, end: int | None = None) -> Problem:
        stop = start + 1 if end is None else end
        span = Span(self.file, *position(self.text, start), *position(self.text, stop))
        return Problem(message, remedy, span, "syntax")

    def line_at(self, index: int) -> tuple[int, int]:
        """First index and end index of the line around `index`."""
        start = max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1
        ends = [end for end in (self.text.find("\n", index), self.text.find("\r", index)) if end >= 0]
        return start, min(ends, default=len(self.text))

    def line_before(self, index: int) -> tuple[int, int]:
        """The last line with content above the line that starts at `index`."""
        start, end = index, index
        while start > 0:
            start, end = self.line_at(start - 2 if self.text[start - 2 : start] == "\r\n" else start - 1)
            content = self.text[start:end].strip()
            if content and not content.startswith("#"):
                break
        return start, end

    def patch(self, start: int, end: int, by: str) -> str:
        """The text with each character from start to end replaced, so that positions stay."""
        return self.text[:start] + by * (end - start) + self.text[end:]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


Told = tuple[Problem, str | None]


def explain(error: Any, text: str, file: str) -> Told:
    """The problem behind a libyaml error, and the text patched over it (same length), so that reading can go on.

    The patched text is None where what follows would only be misread.
    """
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or error)
    at = min(mark.index, len(text)) if mark is not None else 0
    scene = _Scene(text, file, said, at, context.index if context is not None else at)
    about = str(getattr(error, "context", None) or "")
    if "cannot start any token" in said:
        return _bad_start(scene)
    if "block scalar" in about or "scanning an anchor" in about or "scanning an alias" in about or "a tag" in about:
        return _indicator(scene, scene.since)
    if "quoted scalar" in about:
        return _quoted(scene)
    if "mapping values are not allowed" in said:
        return _colon(scene)
    if "could not find expected ':'" in said:
        return _stray(scene, *scene.line_at(scene.since))
    if "flow mapping" in about or "flow sequence" in about:
        return _brackets(scene, "}" if "flow mapping" in about else "]")
    if "expected node content" in said:
        return _no_content(scene)
    if "did not find expected key" in said or "expected '-' indicator" in said:
        return _after_value(scene)
    if "block sequence entries are not allowed" in said:
        remedy = "begin the list on a line of its own below the key, or write it in brackets: `[a, b]`."
        return scene.problem("a list item's `-` cannot follow on this line", remedy, at), scene.patch(at, at + 1, "x")
    return scene.problem(f"this is not YAML: {said}", "look at the lines around here.", at), None


def _rest(scene: _Scene, start: int) -> int:
    """Where the unquoted text that starts at `start` would end."""
    line_start, line_end = scene.line_at(start)
    before = scene.text[line_start:start]
    flow = max(before.rfind("["), before.rfind("{")) > max(before.rfind("]"), before.rfind("}"))
    stop = re.compile(r"\s#|[,\]}]" if flow else r"\s#")
    match = stop.search(scene.text, start, line_end)
    written = scene.text[start : match.start() if match else line_end].rstrip()
    return start + len(written) if written else line_end


def _bad_start(scene: _Scene) -> Told:
    if scene.text[scene.at] == "\t":
        start = scene.at
        line = scene.text[start : scene.line_at(start)[1]]
        end = start + len(line) - len(line.lstrip("\t"))
        remedy = "indent with spaces, two for each level."
        return scene.problem("a tab indents this line", remedy, start, end), scene.patch(start, end, " ")
    return _indicator(scene, scene.at)


def _indicator(scene: _Scene, start: int) -> Told:
    """A text that begins with one of YAML's own characters."""
    end = _rest(scene, start)
    written = scene.text[start:end]
    name = _INDICATORS.get(written[:1])
    if name is None:
        return scene.problem(f"this is not YAML: {scene.said}", "quote the text.", start, end), None
    if written[:1] == "%" and scene.line_at(start)[0] == start:
        name = "`%`, which YAML takes for a directive"
    quoted = written.replace("\\", "\\\\").replace('"', '\\"')
    message = f"an unquoted text cannot begin with {name}"
    return scene.problem(message, f'quote it: `"{_short(quoted)}"`.', start, end), scene.patch(start, end, "x")


def _quoted(scene: _Scene) -> Told:
    quote = scene.text[scene.since]
    if "escape" in scene.said or "hexdecimal" in scene.said or "Unicode" in scene.said:
        written = scene.text[scene.at : scene.at + 2]
        remedy = "write `\\\\` for a backslash, or put the text into single quotes."
        problem = scene.problem(
            f"`{written}` is not an escape that YAML knows", remedy, scene.at, scene.at + len(written)
        )
        return problem, scene.patch(scene.at, scene.at + 1, "x")
    end = scene.line_at(scene.since)[1]
    message = f"the quote {quote} is opened here and never closed"
    return scene.problem(message, f"close it with {quote} at the end of the text.", scene.since, end), None


def _colon(scene: _Scene) -> Told:
    """A `: ` where no key can be."""
    start, _ = scene.line_at(scene.at)
    head = scene.text[start : scene.at]
    pair = re.fullmatch(r"(\s*(?:- )*)(\S.*?):\s+(\S.*)", head)
    repaired = scene.patch(scene.at, scene.at + 1, "_")
    if pair is not None:
        value_start = start + len(head) - len(pair[3])
        value_end = _rest(scene, value_start)
        value = _short(scene.text[value_start:value_end])
        remedy = f'quote the text: `{pair[2]}: "{value}"`; or is this two lines?'
        return scene.problem("a second `: ` in one line", remedy, scene.at), repaired
    key_start = start + len(head) - len(head.lstrip())
    above_start, above_end = scene.line_before(start)
    above = scene.text[above_start:above_end]
    pair = _PAIR.fullmatch(above.strip())
    if "->" in above and pair is not None:
        connection = pair
        field = scene.text[key_start : scene.line_at(scene.at)[1]].strip()
        remedy = f"put the fields into braces: `- {connection[1]}: {{protocol: {connection[2]}, {field}}}`."
        message = "a field is indented under a connection that already has its protocol"
        return scene.problem(message, remedy, key_start, scene.at), repaired
    if pair is not None:
        remedy = f"align it with `{pair[1]}`, or end that line after its colon."
        message = f"`{head.strip()}` is indented under `{pair[1]}`, which already has the value `{_short(pair[2])}`"
        return scene.problem(message, remedy, key_start, scene.at), repaired
    return _stray(scene, above_start, above_end)


def _stray(scene: _Scene, start: int, end: int) -> Told:
    """A line that is neither `key: value` nor a list's item."""
    line = scene.text[start:end]
    first = start + len(line) - len(line.lstrip())
    repaired = scene.patch(first, end, " ") if line.strip() else None
    below = next((row for row in scene.text[end:].splitlines() if row.strip() and not row.lstrip().startswith("#")), "")
    if re.fullmatch(r"\s*[\w-]{2,}\s*", line) and len(below) - len(below.lstrip()) > first - start:
        word = line.strip()
        colon = scene.patch(first + len(word) - 1, first + len(word), ":")
        return scene.problem(f"`{word}` lacks its colon", f"write `{word}:`.", first, first + len(word)), colon
    missing = _NO_BLANK.fullmatch(line.strip())
    if missing is not None:
        remedy = f"put a space after the colon: `{missing[1]}: {_short(missing[2])}`."
        return scene.problem(
            f"`{_short(line.strip())}` is read as one word", remedy, first, first + len(line.strip())
        ), repaired
    message = f"`{_short(line.strip())}` is neither a key with a value nor an item of a list"
    remedy = "write `key: value`, or `- item`; a longer text belongs in quotes."
    return scene.problem(message, remedy, first, first + len(line.strip())), repaired


def _brackets(scene: _Scene, closing: str) -> Told:
    opening = "{" if closing == "}" else "["
    line, _ = position(scene.text, scene.since)
    noticed, _ = position(scene.text, scene.at)
    found = scene.text[scene.at : scene.at + 1]
    if line == noticed and found in ("}", "]"):
        remedy = f"close it with `{closing}`."
        return scene.problem(f"`{found}` does not close the `{opening}` of this line", remedy, scene.at), None
    if line == noticed and found == ":":
        remedy = "separate the entries with a comma, or quote text that contains a colon."
        return scene.problem("a second `: ` in one entry", remedy, scene.at), scene.patch(scene.at, scene.at + 1, "_")
    if line == noticed and found:
        remedy = "separate the entries with a comma, or quote the whole text."
        return scene.problem("a comma is missing before this", remedy, scene.at), None
    remedy = f"close it with `{closing}`; a comma separates the entries."
    return scene.problem(f"the bracket `{opening}` is opened here and not closed", remedy, scene.since), None


def _no_content(scene: _Scene) -> Told:
    found = scene.text[scene.at : scene.at + 1]
    if found in ("}", "]"):
        remedy = "delete it, or open it before."
        return scene.problem(f"`{found}` closes nothing", remedy, scene.at), scene.patch(scene.at, scene.at + 1, " ")
    if found == ",":
        remedy = "write a value before the comma, or delete the comma."
        return scene.problem("a comma without a value before it", remedy, scene.at), None
    opened = max(scene.text.rfind("[", 0, scene.at), scene.text.rfind("{", 0, scene.at))
    if not found.strip() and opened >= 0:
        closing = "]" if scene.text[opened] == "[" else "}"
        message = f"the bracket `{scene.text[opened]}` is opened here and not closed"
        return scene.problem(message, f"close it with `{closing}`.", opened), None
    remedy = "write a value here, or quote the text."
    return scene.problem(f"a value cannot begin with `{found}`", remedy, min(scene.at, len(scene.text))), None


def _below_a_value(scene: _Scene, start: int, line: str) -> Told | None:
    """A line that is indented under a `key: value` which is complete."""
    above_start, above_end = scene.line_before(start)
    above = scene.text[above_start:above_end]
    indent = len(line) - len(line.lstrip())
    key = re.match(r"\s*(?:- )*([\w.-]+):\s+(?=\S)([^#]*)", above)
    if key is None or key.start(1) >= indent:
        return None
    written, value = line.strip(), key[2].rstrip()
    if value.startswith("{") and value.endswith("}"):
        remedy = f"put it into the braces: `{key[1]}: {_short(value[:-1])}, {_short(written)}}}`."
    else:
        remedy = f"align it with `{key[1]}`, or end that line after its colon."
    message = f"`{_short(written)}` is indented under `{key[1]}`, which already has a value"
    return scene.problem(message, remedy, start + indent, start + indent + len(written)), None


def _after_value(scene: _Scene) -> Told:
    """Something follows a value that is complete, or a line stands at an indentation of its own."""
    start, end = scene.line_at(scene.at)
    line, head = scene.text[start:end], scene.text[start : scene.at]
    arrow = re.fullmatch(r"\s*-\s*(\[.*?\])\s*", head)
    if arrow is not None and scene.text[scene.at : scene.at + 2] == "->":
        target = re.split(r"[:\s]", scene.text[scene.at + 2 : end].strip())[0]
        remedy = f"write the long form: `- {{from: {arrow[1]}, to: {target}}}`."
        first = start + head.index("[")
        problem = scene.problem("a list cannot be on the left of an arrow", remedy, first, scene.at + 2)
        return problem, scene.patch(first, end, "x")
    if head.strip():
        if scene.text[scene.at] in "}]":
            return _no_content(scene)
        written = scene.text[scene.at : end].strip()
        remedy = "put the whole text into one pair of quotes, or the rest on a line of its own."
        message = f"`{_short(written)}` follows a value that is already complete"
        return scene.problem(message, remedy, scene.at, scene.at + len(written)), scene.patch(scene.at, end, " ")
    below = _below_a_value(scene, start, line)
    if below is not None:
        return below
    if line.strip().startswith("- ") or line.strip() == "-":
        message = "a list item is where a key should be"
        remedy = "indent the list below its key, and all its items alike."
    else:
        message = "the indentation of this line fits no line above"
        remedy = "align it with the keys that it belongs to; two spaces for each level."
    first = start + len(line) - len(line.lstrip())
    return scene.problem(message, remedy, first, end), None
