// A thin client of `archspec lsp`: whatever it knows of specs, the server has told it.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { Preview } from "./preview";
import { command, isSpec } from "./specs";
import { Tasks } from "./tasks";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const preview = new Preview();
  const results = vscode.window.createOutputChannel("archspec results");
  context.subscriptions.push(
    preview,
    results,
    vscode.commands.registerCommand("archspec.preview", () => preview.show()),
    vscode.commands.registerCommand("archspec.restart", () => client?.restart()),
    vscode.tasks.registerTaskProvider("archspec", new Tasks()),
    vscode.window.onDidChangeTextEditorSelection((event) => preview.follow(event.textEditor)),
    vscode.window.onDidChangeActiveTextEditor(noteSpec),
  );
  noteSpec(vscode.window.activeTextEditor);
  client = new LanguageClient(
    "archspec",
    "archspec",
    { command: command(), args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", language: "yaml" }],
      initializationOptions: { inlayHints: vscode.workspace.getConfiguration("archspec").get("inlayHints", false) },
      middleware: { executeCommand: async (name, args, next) => tell(results, await next(name, args)) },
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.yaml,*.yml,archspec.toml,pyproject.toml}") },
    },
  );
  context.subscriptions.push(client);
  try {
    await client.start();
  } catch {
    const remedy = "Install it with pip install 'archspec-code[editor,serve]', or set archspec.path.";
    await vscode.window.showErrorMessage(`archspec: \`${command()} lsp\` does not start. ${remedy}`);
  }
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function noteSpec(editor: vscode.TextEditor | undefined): void {
  void vscode.commands.executeCommand("setContext", "archspec.isSpec", editor !== undefined && isSpec(editor.document));
}

/** Show the text that a command of the server gives: a walk, the figures of a run. */
function tell(results: vscode.OutputChannel, text: unknown): void {
  if (typeof text !== "string") return;
  results.clear();
  results.append(text);
  results.show(true);
}
