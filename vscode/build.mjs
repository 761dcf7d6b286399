// Bundles the extension into one file, with the licences of what is inside; what VS Code itself brings stays outside.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node18",
  format: "cjs",
  external: ["vscode"],
  legalComments: "none",
  metafile: true,
});

const bundled = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(input);
  if (found) bundled.add(join(here, found[0]));
}
const notices = [...bundled].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(join(here, "dist/LICENSES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
