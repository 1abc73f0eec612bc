import ts from "typescript";
import type { Program } from "./plan";

/** What the program reads beside itself: how to reach the servers, and the links between them. */
export const clusterFile = "cluster.json";

/** The same text for every way of installing and running. */
const text = `import { readFileSync } from "node:fs";
import * as whm from "pulumi-whm";

interface Cluster {
  servers: whm.ServersByName;
  links: whm.LinkArgs[];
}

const { servers, links } = JSON.parse(readFileSync("${clusterFile}", "utf8")) as Cluster;
const provider = new whm.Provider("whm", { servers });
const cluster = new whm.DnsCluster("prod", { servers, links }, { provider });

export const shape = cluster.shape;
export const node = process.versions.node;
`;

/** The program as it lies in its folder, with what tells the engine how to run it. */
export function programFiles({ modules, source }: Program): Record<string, string> {
  const runtime = { name: "dns", runtime: "nodejs" };
  const program =
    source === "compiled"
      ? { "dist/index.js": compiled(modules) }
      : { "index.ts": text, "tsconfig.json": tsconfig };
  // YAML reads JSON.
  return { "Pulumi.yaml": JSON.stringify(runtime), ...program };
}

/** What the program adds to the package.json that the installation has written. */
export function programDescription({ modules, source }: Program): Record<string, string> {
  return {
    type: modules === "CommonJS" ? "commonjs" : "module",
    main: source === "compiled" ? "dist/index.js" : "index.ts",
  };
}

/** The one of docs/getting-started.md: the engine's ts-node compiles by it, and checks types. */
const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  },
});

function compiled(modules: Program["modules"]): string {
  const module = modules === "CommonJS" ? ts.ModuleKind.CommonJS : ts.ModuleKind.ES2022;
  return ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module } }).outputText;
}
