// The live page beside the text: `archspec serve` at a free port of this machine, in a frame.
import { ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import { frame } from "./frame";
import { command, componentAt, isSpec } from "./specs";

const ADDRESS = /serving .* at (http:\/\/127\.0\.0\.1:\d+\/)/;

interface Place {
  uri: string;
  range: { start: vscode.Position; end: vscode.Position };
}

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private server: ChildProcess | undefined;
  private spec: vscode.Uri | undefined;
  private beside: vscode.ViewColumn | undefined;
  private lit: string | undefined;

  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const document = editor?.document;
    if (document === undefined || !isSpec(document)) {
      await vscode.window.showInformationMessage("archspec: open a spec first, a YAML file with `archspec: 1`.");
      return;
    }
    this.dispose();
    [this.spec, this.beside] = [document.uri, editor?.viewColumn];
    try {
      const address = await this.serve(document.uri.fsPath);
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

  /** Go to the line where what was clicked in the picture is written; the server says which. */
  async goTo(clicked: string): Promise<void> {
    const place = await vscode.commands.executeCommand<Place | null>("archspec.place", this.spec?.toString(), clicked);
    if (place === null || place === undefined) return;
    this.lit = clicked;
    const { start, end } = place.range;
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), {
      ...(this.beside === undefined ? {} : { viewColumn: this.beside }),
      selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
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
    panel.webview.onDidReceiveMessage(({ clicked }: { clicked: string }) => this.goTo(clicked));
    panel.onDidDispose(() => this.dispose());
    this.panel = panel;
  }
}
