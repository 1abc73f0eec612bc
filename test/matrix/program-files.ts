import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "./plan";

const shared = ["setup", "declare", "first", "last"];

/** The files of a program: its way in as `index.js`, what all of them have in common, and the plan. */
export function programFiles(program: string, plan: Plan): Record<string, string> {
  const files = shared.map((name): [string, string] => [`${name}.js`, programText(name)]);
  return {
    ...Object.fromEntries(files),
    "index.js": programText(program),
    "plan.json": JSON.stringify(plan),
  };
}

function programText(name: string): string {
  return readFileSync(join(__dirname, "program", `${name}.js`), "utf8");
}
