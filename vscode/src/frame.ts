// The document that holds the page: it hands on what is to be lit, and what was clicked.

/** A component that is lit becomes the fragment of the page's address; only what the page itself says is handed on. */
export function frame(address: string): string {
  const source = new URL(address).origin;
  return `<!doctype html>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; frame-src ${source}; script-src 'nonce-page'; style-src 'unsafe-inline'">
<style>html, body, iframe { margin: 0; padding: 0; border: 0; width: 100%; height: 100%; }</style>
<iframe src="${address}"></iframe>
<script nonce="page">
  const [frame, editor] = [document.querySelector("iframe"), acquireVsCodeApi()];
  addEventListener("message", ({ data, origin, source }) => {
    if (source === frame.contentWindow) {
      if (origin === ${JSON.stringify(source)} && typeof data.clicked === "string") editor.postMessage({ clicked: data.clicked });
    } else if (typeof data.component === "string") {
      frame.src = ${JSON.stringify(address)} + "#show=" + encodeURIComponent(data.component);
    }
  });
</script>`;
}
