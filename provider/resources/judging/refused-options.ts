import type * as pulumi from "../sdk";
import { judgedFields, judgedInput, type JudgedKind } from "../../schema/judged";
import { refuse } from "../program/program-error";

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

/** Returns a sentence on why a resource can't be made with its options; undefined when it can. */
export function optionProblem(
  kind: Part,
  name: string,
  opts: Pick<pulumi.CustomResourceOptions, "import" | "deleteBeforeReplace" | "ignoreChanges"> | undefined,
): string | undefined {
  if (opts?.import)
    return `${titles[kind]} ${name} can't be imported, because the engine cannot read dynamic resources on import; ${insteadOfImport[kind]}.`;
  if (kind === "token" && opts?.deleteBeforeReplace)
    return `${titles[kind]} ${name} can't have \`deleteBeforeReplace\`: the members that store its secret would be left with a revoked one; leave the option out, and a replacement is made first, handed to them, and the old token revoked last.`;
  const [kept] = kind === "link" ? [] : judgedAmong(kind, opts?.ignoreChanges ?? []);
  if (kept !== undefined)
    return `${titles[kind]} ${name} can't have \`ignoreChanges\` of ${kept}: what the state keeps of it may not be what the rules have judged; leave it out and declare the value that you want.`;
  return undefined;
}

/**
 * Lists the paths of `ignoreChanges` that make the engine keep an input that the rules read. For a link, the gate can
 * look up the kept value on the server; for other resources nobody can before something is made.
 */
export function judgedAmong(kind: Part, paths: readonly string[]): string[] {
  const judged = ["*", judgedInput, ...judgedFields(kind)];
  return paths.filter((path) => judged.includes(firstKey(path)));
}

/** Returns the property that a path such as `acls[0]` or `["role"]` begins with. */
function firstKey(path: string): string {
  return /^(?:\[["']?)?([^.[\]"']+)/.exec(path)?.[1] ?? path;
}

/** Rejects a program, before anything is made, when a resource has an option that it can't have. */
export function refuseOptions(
  kind: Part,
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): void {
  const problem = optionProblem(kind, name, opts);
  if (problem !== undefined) refuse(problem);
}
