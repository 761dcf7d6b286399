// Draws {dot, d2} from standard input with Graphviz and D2, as JSON; the argument is the folder of node_modules.
import { createRequire } from "node:module";
const find = createRequire(process.argv[2] + "/package.json").resolve;
const { Graphviz } = await import(find("@hpcc-js/wasm-graphviz"));
const { D2 } = await import(find("@terrastruct/d2").replace("node-cjs", "node-esm"));
let input = "";
for await (const chunk of process.stdin) input += chunk;
const texts = JSON.parse(input);
const dot = (await Graphviz.load()).dot(texts.dot);
const d2 = new D2();
const compiled = await d2.compile(texts.d2, { layout: "elk" });
const drawn = { dot, d2: await d2.render(compiled.diagram, compiled.renderOptions) };
process.stdout.write(JSON.stringify(drawn), () => process.exit(0));
