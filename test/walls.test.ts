import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { circleIn } from "./helpers/import-circle";

// The rooms of the house and what each may import: CONTRIBUTING.md explains the table.

interface Wall {
  /** Rooms and packages that may be imported. `node:` stands for all of Node, `node:module` for that part of it. */
  may: string[];
  /** Rooms of which only types may be imported. */
  types?: string[];
  /** Said to whoever breaks it. */
  why: string;
}

const walls: Record<string, Wall> = {
  schema: {
    may: ["zod", "fflate", "fastest-levenshtein"],
    why: "schemas say what data looks like and know nothing else",
  },
  topology: {
    may: ["graphology", "graphology-components", "fastest-levenshtein", "@viz-js/viz"],
    types: ["schema", "graphology-types"],
    why: "the rules are pure: no I/O, no clock, no chance, no engine",
  },
  resources: {
    may: [
      "@pulumi/pulumi",
      "@pulumi/command",
      "zod",
      "schema",
      "topology",
      "files",
      "node:module",
      "node:child_process",
    ],
    why: "what a program declares reaches a server only through the constant provider string",
  },
  runtime: {
    may: ["zod", "node:", "schema", "topology", "servers"],
    types: ["@pulumi/pulumi"],
    why: "lifecycles run in the engine's provider process, where no program's objects exist",
  },
  policy: {
    may: ["@pulumi/policy", "zod", "schema", "topology"],
    why: "an organisation's policies judge with the same rules and touch neither program nor server",
  },
  servers: {
    may: ["node:", "ssh2", "ssh-config", "undici", "zod", "async-mutex", "fastest-levenshtein"],
    types: ["schema"],
    why: "a server session knows hosts, not clusters and not the engine",
  },
  survey: {
    may: ["node:util", "topology", "servers"],
    types: ["schema"],
    why: "a survey reads servers and compares; it writes nothing and asks no engine",
  },
  files: {
    may: ["yaml", "node:fs", "schema", "topology"],
    why: "files are read and understood in one place, for the command line and for programs",
  },
  cli: {
    may: [
      "files",
      "node:",
      "commander",
      "yaml",
      "cli-table3",
      "picocolors",
      "fastest-levenshtein",
      "index",
      "schema",
      "topology",
      "servers",
      "survey",
      "simulator",
    ],
    why: "the command line stands on the public door",
  },
  simulator: {
    may: ["node:", "ssh2", "yaml", "async-mutex"],
    types: ["schema"],
    why: "a simulator that shares code with the package would prove the package with itself",
  },
  index: {
    may: ["schema", "topology", "resources"],
    why: "the front door re-exports and does nothing",
  },
};

const provider = resolve(__dirname, "../provider");
const files = readdirSync(provider, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

interface Import {
  target: string;
  typeOnly: boolean;
}

describe("the rooms of the house", () => {
  test("[U] contain every file", () => {
    expect(files.map(roomOf).filter((room) => !(room in walls))).toEqual([]);
    expect(new Set(files.map(roomOf))).toEqual(new Set(Object.keys(walls)));
  });

  test.each(Object.keys(walls))("[U] %s imports only what it may import", (room) => {
    const offences = files.filter((file) => roomOf(file) === room).flatMap(offencesOf);
    expect(offences).toEqual([]);
  });

  test("[U] contain no files that import each other in a circle, not even types", () => {
    expect(
      circleIn(new Map(files.map((file) => [file, filesImportedBy(file)])))?.join(" -> "),
    ).toBeUndefined();
  });

  test("[U] are searched for circles at any depth", () => {
    const imports = { a: ["b"], b: ["c", "d"], c: [], d: ["e"], e: ["b"] };
    expect(circleIn(new Map(Object.entries(imports)))).toEqual(["b", "d", "e", "b"]);
  });

  test("[U] call process.exit only in the command's main file and when an engine is gone", () => {
    const callers = files.filter((file) => /process\.exit\(/.test(textOf(file)));
    expect(callers.sort()).toEqual(["cli/main.ts", "runtime/engine/engine-watch.ts"]);
  });

  test("[U] read the environment only in configure and where credentials and ssh_config are resolved", () => {
    const readers = files.filter((file) => /process\.env/.test(textOf(file)));
    const allowed = [
      "resources/program/clear-credentials.ts",
      "runtime/engine/session.ts",
      "servers/credentials.ts",
      "servers/ssh/config/tokens.ts",
    ];
    expect(readers.filter((file) => !allowed.includes(file) && roomOf(file) !== "cli")).toEqual([]);
  });

  test("[U] have an index.ts with re-exports only", () => {
    const source = ts.createSourceFile("index.ts", textOf("index.ts"), ts.ScriptTarget.Latest);
    expect(source.statements.filter((statement) => !ts.isExportDeclaration(statement))).toEqual([]);
  });

  test("[U] are checked for forbidden imports", () => {
    expect(offencesIn("topology/x.ts", 'import { readFileSync } from "node:fs";')).toHaveLength(1);
    expect(offencesIn("servers/x.ts", 'import { parse } from "../schema/parse";')).toHaveLength(1);
    expect(offencesIn("servers/x.ts", 'import type { Role } from "../schema/role";')).toEqual([]);
    expect(offencesIn("simulator/x.ts", 'export { Server } from "../servers";')).toHaveLength(1);
    expect(offencesIn("resources/x.ts", 'const x = require("../runtime");')).toHaveLength(1);
    expect(offencesIn("topology/x.ts", 'const x = import("node:net");')).toHaveLength(1);
    expect(offencesIn("resources/x.ts", 'import { connect } from "node:net";')).toHaveLength(1);
  });
});

/** Files of provider/ that a file imports, by their paths in it. */
function filesImportedBy(file: string): string[] {
  return importsOf(textOf(file))
    .filter(({ target }) => target.startsWith("."))
    .map(({ target }) => resolve(provider, dirname(file), target))
    .map((path) => [`${path}.ts`, join(path, "index.ts")].find((each) => existsSync(each)) ?? path)
    .map((path) => relative(provider, path));
}

function offencesOf(file: string): string[] {
  return offencesIn(file, textOf(file));
}

function offencesIn(file: string, text: string): string[] {
  const room = roomOf(file);
  const wall = walls[room]!;
  return importsOf(text)
    .map(({ target, typeOnly }) => ({ target, typeOnly, name: nameOf(file, target) }))
    .filter(
      ({ target, name, typeOnly }) =>
        name !== room &&
        !wall.may.some((allowed) => allowed === name || allowed === target) &&
        !(typeOnly && wall.types?.includes(name)),
    )
    .map(({ name }) => `provider/${file} imports ${name}, which ${room} may not: ${wall.why}.`);
}

function importsOf(text: string): Import[] {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push({ target: textOfLiteral(node.moduleSpecifier), typeOnly: isTypeOnly(node) });
    } else if (ts.isCallExpression(node) && isModuleCall(node)) {
      found.push({ target: textOfLiteral(node.arguments[0]!), typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const bindings = node.importClause?.namedBindings;
  const everyName =
    bindings && ts.isNamedImports(bindings) && bindings.elements.every((name) => name.isTypeOnly);
  return node.importClause?.isTypeOnly === true || (everyName === true && !node.importClause?.name);
}

function isModuleCall(node: ts.CallExpression): boolean {
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword;
}

function textOfLiteral(node: ts.Node): string {
  return ts.isStringLiteral(node) ? node.text : "(computed)";
}

/** The room or package that an import leads to. */
function nameOf(file: string, target: string): string {
  if (target.startsWith("node:")) return "node:";
  if (target.startsWith(".")) return roomOf(relative(provider, resolve(provider, dirname(file), target)));
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

function roomOf(file: string): string {
  const [room = ""] = file.split(/[\\/]/);
  return room.replace(/\.ts$/, "") || "index";
}

function textOf(file: string): string {
  return readFileSync(join(provider, file), "utf8");
}
