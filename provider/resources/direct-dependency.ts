import { createRequire } from "node:module";
import { programError } from "./program/program-error";
import { isProgramHost } from "./judging/when-declared";

/** The engine's provider process starts here too. */
const programFolder = process.cwd();

let isFound = false;

/** Stops a program whose resources the engine could not make, because it would look for this package in vain. */
export function requireDirectDependency(): void {
  if (isFound || !isProgramHost()) return;
  const problem = dependencyProblem(programFolder);
  if (problem !== undefined) throw programError(problem);
  isFound = true;
}

/** Why the engine does not find this package from a folder; undefined where it does. */
export function dependencyProblem(folder: string): string | undefined {
  try {
    createRequire(`${folder}/package.json`).resolve("pulumi-whm/runtime");
    return undefined;
  } catch {
    return `The engine looks for pulumi-whm from ${folder} and does not find it there: only another package depends on it. Make it a dependency of the program itself: \`npm install pulumi-whm\` or \`pnpm add pulumi-whm\` in that folder.`;
  }
}
