import type * as pulumi from "@pulumi/pulumi";
import type { JudgedKind } from "../schema/judged";
import { refuse } from "./reported";

type Part = Exclude<JudgedKind, "topology">;

const titles: Record<Part, string> = {
  link: "The cluster member",
  trust: "The reverse trust",
  token: "The API token",
  address: "The trusted address",
};

const insteadOfImport: Record<Part, string> = {
  link: "leave `import` out and set `adopt: true`, which takes over the entry that is there",
  trust: "leave `import` out and set `adopt: true`, which takes over the entry that is there",
  token:
    "leave `import` out, have a new token made, and revoke the old one in WHM: its secret cannot be read again",
  address: "leave `import` out: a line that is there already is no obstacle",
};

/** Why a resource cannot be made with its options, in a sentence; undefined when it can. */
export function optionProblem(
  kind: Part,
  name: string,
  opts: Pick<pulumi.CustomResourceOptions, "import" | "deleteBeforeReplace"> | undefined,
): string | undefined {
  if (opts?.import)
    return `${titles[kind]} ${name} can't be imported, as the engine reads no dynamic resource on import; ${insteadOfImport[kind]}.`;
  if (kind === "token" && opts?.deleteBeforeReplace)
    return `${titles[kind]} ${name} can't have \`deleteBeforeReplace\`: the members that store its secret would be left with a revoked one; leave the option out, and a replacement is made first, handed to them, and the old token revoked last.`;
  return undefined;
}

/** Rejects a program in which a resource has options that it cannot be made with, before anything is made. */
export function refuseOptions(
  kind: Part,
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): void {
  const problem = optionProblem(kind, name, opts);
  if (problem !== undefined) refuse(problem);
}
