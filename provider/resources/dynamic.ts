import { createRequire } from "node:module";
import { programError } from "./program/program-error";
import { isProgramHost } from "./program/engine-at-work";

/** Types of resources that the engine's dynamic provider runs for this package. */
export type DynamicType =
  "ApiToken" | "DnsClusterMember" | "ReverseTrust" | "TopologyGate" | "TrustedRemoteIp";

/** The type token in every state file: it can never change. */
export function typeToken(type: DynamicType): string {
  return `pulumi-nodejs:dynamic/whm:${type}`;
}

/** Whether an object is a resource of a type, also one of another copy of this package. */
export function hasType(object: unknown, type: string): boolean {
  return (object as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === type;
}

/**
 * The text that the engine stores with each resource and that leads its provider process to the lifecycle. It captures
 * nothing: delete and refresh run the code that is installed, and an upgrade causes no difference. It can never change.
 */
export function providerText(type: DynamicType): string {
  requireDirectDependency();
  return `exports.handler=()=>require("pulumi-whm/runtime").provider("${type}")`;
}

/** The engine's provider process starts here too. */
const programFolder = process.cwd();

/** Looked for once a program. */
let isFound = false;

/** Stops a program whose resources the engine could not make, because it would look for this package in vain. */
function requireDirectDependency(): void {
  if (isFound || !isProgramHost()) return;
  const problem = dependencyProblem(programFolder);
  if (problem !== undefined) throw programError(problem);
  isFound = true;
}

/** Why the engine does not find this package from a folder; undefined where it does. */
function dependencyProblem(folder: string): string | undefined {
  try {
    createRequire(`${folder}/package.json`).resolve("pulumi-whm/runtime");
    return undefined;
  } catch {
    return `The engine looks for pulumi-whm from ${folder} and does not find it there: only another package depends on it. Make it a dependency of the program itself: \`npm install pulumi-whm\` or \`pnpm add pulumi-whm\` in that folder.`;
  }
}
