// Builds viewer.js and viewer.css, with the licences of what is inside, into a folder (default: the package's assets),
// and engine.js, by which tests run the engine in a browser, into another (default: the browser's tests).
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const assets = process.argv[2] ?? join(import.meta.dirname, "../archspec/renderers/assets");
const tests = process.argv[3] ?? join(import.meta.dirname, "../tests/browser");
const modules = join(import.meta.dirname, "node_modules");

const options = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
const result = await build({
  ...options,
  entryPoints: [join(import.meta.dirname, "src/main.tsx")],
  outfile: join(assets, "viewer.js"),
});
await build({
  ...options,
  entryPoints: [join(import.meta.dirname, "src/engine.ts")],
  outfile: join(tests, "engine.js"),
  globalName: "archspecEngine",
});

const bundled = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) bundled.add(found[1]);
}
const notices = [...bundled].sort().map((name) => {
  const { version } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const file = readdirSync(join(modules, name)).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version}\n\n${readFileSync(join(modules, name, file), "utf8").trim()}\n`;
});
writeFileSync(join(assets, "viewer.LICENSES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
