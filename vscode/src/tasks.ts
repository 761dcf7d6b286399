// `archspec lint` and its like as tasks, whose findings land among the problems.
import * as vscode from "vscode";
import { command, isSpec } from "./specs";

const COMMANDS: Record<string, string[]> = {
  lint: ["--format", "concise"],
  analyze: [],
  simulate: [],
  verify: [],
};

export class Tasks implements vscode.TaskProvider {
  provideTasks(): vscode.Task[] {
    const open = vscode.window.activeTextEditor?.document;
    if (open === undefined || !isSpec(open)) return [];
    const spec = vscode.workspace.asRelativePath(open.uri, false);
    return Object.keys(COMMANDS).map((name) => task({ type: "archspec", command: name, spec }, spec));
  }

  resolveTask(given: vscode.Task): vscode.Task | undefined {
    const spec: unknown = given.definition["spec"];
    return typeof spec === "string" ? task(given.definition, spec) : undefined;
  }
}

function task(definition: vscode.TaskDefinition, spec: string): vscode.Task {
  const name = String(definition["command"]);
  const run = new vscode.ProcessExecution(command(), [name, spec, ...(COMMANDS[name] ?? [])]);
  return new vscode.Task(definition, vscode.TaskScope.Workspace, `${name} ${spec}`, "archspec", run, "$archspec");
}
