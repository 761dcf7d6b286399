// The live page beside the text: `archspec serve` at a free port of this machine, in a frame.
import { ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { command, componentAt, isSpec } from "./specs";

const ADDRESS = /serving .* at (http:\/\/127\.0\.0\.1:\d+\/)/;

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private server: ChildProcess | undefined;
  private spec: string | undefined;
  private lit: string | undefined;

  async show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isSpec(document)) {
      await vscode.window.showInformationMessage("archspec: open a spec first, a YAML file with `archspec: 1`.");
      return;
    }
    this.dispose();
    this.spec = document.uri.fsPath;
    try {
      const address = await this.serve(this.spec);
      const outside = await vscode.env.asExternalUri(vscode.Uri.parse(address));
      this.open(outside.toString(true).replace(/\/?$/, "/"), document.fileName);
    } catch (error) {
      await vscode.window.showErrorMessage(`archspec: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Light the component under the cursor. */
  async follow(editor: vscode.TextEditor): Promise<void> {
    if (this.panel === undefined || !isSpec(editor.document)) return;
    const component = await componentAt(editor.document, editor.selection.active);
    if (component !== undefined && component !== this.lit) {
      this.lit = component;
      await this.panel.webview.postMessage({ component });
    }
  }

  dispose(): void {
    const [panel, server] = [this.panel, this.server];
    [this.panel, this.server, this.lit] = [undefined, undefined, undefined];
    panel?.dispose();
    server?.kill();
  }

  private serve(spec: string): Promise<string> {
    const server = spawn(command(), ["serve", spec, "--port", "0", "--no-color"]);
    this.server = server;
    return new Promise((resolve, reject) => {
      let told = "";
      const heard = (data: Buffer): void => {
        told += data.toString();
        const address = ADDRESS.exec(told);
        if (address?.[1] !== undefined) resolve(address[1]);
      };
      server.stdout.on("data", heard);
      server.stderr.on("data", heard);
      server.on("error", reject);
      server.on("exit", () => reject(new Error(told.trim() || "the page's server ended")));
    });
  }

  private open(address: string, name: string): void {
    const title = `${name.split(/[\\/]/).pop() ?? "archspec"} (page)`;
    const panel = vscode.window.createWebviewPanel("archspec.preview", title, vscode.ViewColumn.Beside, {
      enableScripts: true,
      retainContextWhenHidden: true,
    });
    panel.webview.html = frame(address);
    panel.onDidDispose(() => this.dispose());
    this.panel = panel;
  }
}

/** A document that holds the page; a component that is lit becomes the fragment of its address. */
function frame(address: string): string {
  const source = new URL(address).origin;
  return `<!doctype html>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; frame-src ${source}; script-src 'nonce-page'; style-src 'unsafe-inline'">
<style>html, body, iframe { margin: 0; padding: 0; border: 0; width: 100%; height: 100%; }</style>
<iframe src="${address}"></iframe>
<script nonce="page">
  const frame = document.querySelector("iframe");
  addEventListener("message", ({ data }) => {
    if (typeof data.component === "string") frame.src = ${JSON.stringify(address)} + "#show=" + encodeURIComponent(data.component);
  });
</script>`;
}
