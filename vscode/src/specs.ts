// What is a spec, which command serves it, and what stands under the cursor.
import * as vscode from "vscode";

/** The archspec command of the user's own settings: a workspace that is not trusted cannot name another. */
export function command(): string {
  return vscode.workspace.getConfiguration("archspec").get<string>("path", "archspec");
}

export function isSpec(document: vscode.TextDocument): boolean {
  return document.languageId === "yaml" && /^["']?archspec["']?[ \t]*:/m.test(document.getText());
}

/** The id of the component that a place belongs to, by the outline that the server gives; undefined outside. */
export async function componentAt(document: vscode.TextDocument, place: vscode.Position): Promise<string | undefined> {
  const outline = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  const sections = outline?.filter((section) => section.name === "components") ?? [];
  return sections.flatMap((section) => section.children).find((each) => each.range.contains(place))?.name;
}
