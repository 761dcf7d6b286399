// The messages that the extension relies on, exchanged with the real server: node test/server.mjs COMMAND…
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
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

await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
const status = await new Promise((resolve) => server.on("exit", resolve));
assert.equal(status, 0);
connection.dispose();
console.log("the server answers what the extension asks");
