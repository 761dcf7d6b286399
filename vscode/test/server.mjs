// The messages that the extension relies on, exchanged with the real server: node test/server.mjs COMMAND…
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node.js";

const spec = join(import.meta.dirname, "../../specs/video_platform/architecture.yaml");
const uri = pathToFileURL(spec).href;
const text = readFileSync(spec, "utf8").replace("zones: [zone-a, zone-b]", "zones: [zone-a, zone-x]");
const [command, ...args] = process.argv.slice(2);
const server = spawn(command, [...args, "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
const found = new Promise((resolve) => connection.onNotification("textDocument/publishDiagnostics", resolve));
connection.listen();

const { capabilities } = await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
for (const feature of ["completion", "hover", "definition", "references", "rename", "documentSymbol", "codeAction"]) {
  assert.ok(capabilities[`${feature}Provider`], feature);
}
await connection.sendNotification("initialized", {});
const textDocument = { uri, languageId: "yaml", version: 1, text };
await connection.sendNotification("textDocument/didOpen", { textDocument });
const { diagnostics } = await found;
assert.match(diagnostics[0].message, /^`zone-x` is not declared/);

// The preview lights the component whose range holds the cursor.
const outline = await connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
const line = text.split("\n").indexOf("    stateless: true");
const { children } = outline.find((section) => section.name === "components");
const within = ({ range }) => range.start.line <= line && line <= range.end.line;
assert.deepEqual(children.filter(within).map((each) => each.name), ["api"]);

// What is clicked in the picture is found where it is written: a component, a connection, the field that implies one.
const change = { textDocument: { uri, version: 2 }, contentChanges: [{ text: readFileSync(spec, "utf8") }] };
await connection.sendNotification("textDocument/didChange", change);
const rows = readFileSync(spec, "utf8").split("\n");
const clicked = [["api", "  api:"], ["lb -> api", "  - lb -> api: {protocol: https, timeout: 2s}"], ["api -> pm2", "    supervised_by: pm2"]];
for (const [shown, row] of clicked) {
  const asked = { command: "archspec.place", arguments: [uri, shown] };
  const place = await connection.sendRequest("workspace/executeCommand", asked);
  assert.deepEqual([place.uri, rows[place.range.start.line]], [uri, row]);
}
const gone = { command: "archspec.place", arguments: [uri, "api -> nobody"] };
assert.equal(await connection.sendRequest("workspace/executeCommand", gone), null);

// The document round the page hands on what the page itself says, and nothing that another says.
const bundled = await build({ entryPoints: [join(import.meta.dirname, "../src/frame.ts")], bundle: true, write: false, format: "esm" });
const { frame } = await import(`data:text/javascript,${encodeURIComponent(bundled.outputFiles[0].text)}`);
const holder = frame("http://127.0.0.1:8765/");
const [page, told, listeners] = [{ contentWindow: {}, src: "" }, [], []];
runInNewContext(/<script[^>]*>(.*)<\/script>/s.exec(holder)[1], {
  document: { querySelector: () => page },
  acquireVsCodeApi: () => ({ postMessage: (message) => told.push(message.clicked) }),
  addEventListener: (_, listener) => listeners.push(listener),
});
const says = (message) => listeners.forEach((listener) => listener(message));
says({ data: { clicked: "api" }, origin: "http://127.0.0.1:8765", source: page.contentWindow });
says({ data: { clicked: "db" }, origin: "https://example.com", source: page.contentWindow });
says({ data: { clicked: "lb" }, origin: "http://127.0.0.1:8765", source: {} });
says({ data: { component: "a b" }, origin: "vscode-webview://x", source: {} });
assert.deepEqual(told, ["api"]);
assert.equal(page.src, "http://127.0.0.1:8765/#show=a%20b");

await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
const status = await new Promise((resolve) => server.on("exit", resolve));
assert.equal(status, 0);
connection.dispose();
console.log("the server answers what the extension asks");
