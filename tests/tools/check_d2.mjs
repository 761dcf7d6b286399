// Compiles each D2 file named; prints `ok` or the compiler's error, a line for each.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
for (const file of process.argv.slice(2)) {
  try {
    await d2.compile(readFileSync(file, "utf8"));
    console.log("ok");
  } catch (error) {
    console.log(String(error.message).replaceAll("\n", " "));
  }
}
process.exit(0);
