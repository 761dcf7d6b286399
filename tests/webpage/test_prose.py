"""The Markdown of rules."""

from archspec.renderers.html.prose import prose


def test_headings_paragraphs_lists_and_code_become_elements() -> None:
    text = "## Why\n\nOne *dies*,\nall die.\n\n- a `b`\n- c\n\n```yaml\nx:\n  y: 1\n```\n"
    code = '<pre class="code" tabindex="0" role="region" aria-label="Example"><code>x:\n  y: 1</code></pre>'
    assert prose(text) == f"<h4>Why</h4><p>One *dies*, all die.</p><ul><li>a <code>b</code></li><li>c</li></ul>{code}"


def test_markup_in_a_text_stays_text() -> None:
    assert prose("a <b> & `<i>`") == "<p>a &lt;b&gt; &amp; <code>&lt;i&gt;</code></p>"


def test_links_lead_out_only_with_a_safe_scheme() -> None:
    link = '<a href="https://sre.google/x" rel="noreferrer">SRE</a>'
    assert prose("[SRE](https://sre.google/x), [x](javascript:1)") == f"<p>{link}, x</p>"
