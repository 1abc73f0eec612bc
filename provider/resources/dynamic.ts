import { createRequire } from "node:module";
import { programError } from "./program/program-error";
import { isProgramHost } from "./program/engine-at-work";

/** Resource types of this package that the engine's dynamic provider runs. */
export type DynamicType =
  "ApiToken" | "ClusterProof" | "DnsClusterMember" | "ReverseTrust" | "TopologyGate" | "TrustedRemoteIp";

/** Returns the type token of a resource type. It is in every state file and can never change. */
export function typeToken(type: DynamicType): string {
  return `pulumi-nodejs:dynamic/whm:${type}`;
}

/** Returns true if an object is a resource of the type, even when it comes from another copy of this package. */
export function hasType(object: unknown, type: string): boolean {
  return (object as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === type;
}

/**
 * Returns the text that the engine stores with each resource and that leads its provider process to the lifecycle. It
 * captures nothing: delete and refresh run the installed code, and an upgrade causes no difference. It can never change.
 */
export function providerText(type: DynamicType): string {
  requireDirectDependency();
  return `exports.handler=()=>require("pulumi-whm/runtime").provider("${type}")`;
}

/** Folder of the program. The engine's provider process starts here too. */
const programFolder = process.cwd();

/** Looked for once per program. */
let isFound = false;

/** Stops a program whose resources the engine couldn't make because it would not find this package. */
function requireDirectDependency(): void {
  if (isFound || !isProgramHost()) return;
  const problem = dependencyProblem(programFolder);
  if (problem !== undefined) throw programError(problem);
  isFound = true;
}

/** Returns why the engine doesn't find this package from a folder; undefined when it does. */
function dependencyProblem(folder: string): string | undefined {
  try {
    createRequire(`${folder}/package.json`).resolve("pulumi-whm/runtime");
    return undefined;
  } catch {
    return `The engine looks for pulumi-whm from ${folder} and does not find it there: only another package depends on it. Make it a dependency of the program itself: \`npm install pulumi-whm\` or \`pnpm add pulumi-whm\` in that folder.`;
  }
}
