import { createRequire } from "node:module";

const load = createRequire(__filename);

/** Returns why this package doesn't work with a version of Node; undefined if it does. */
export function nodeProblem(present: string = process.versions.node): string | undefined {
  const { engines } = load("../../../package.json") as { engines: { node: string } };
  const needed = engines.node.replace(">=", "");
  if (isAtLeast(numbersOf(present), numbersOf(needed))) return undefined;
  return `pulumi-whm needs Node ${needed} or newer, and the engine runs it with Node ${present}. Put a newer Node on PATH and run the command again. Nothing was changed.`;
}

function numbersOf(version: string): number[] {
  return version.split(".").map((part) => parseInt(part, 10));
}

function isAtLeast(present: readonly number[], needed: readonly number[]): boolean {
  const at = needed.findIndex((part, index) => part !== present[index]);
  return at === -1 || (present[at] ?? 0) > needed[at]!;
}
