import { mkdir, writeFile } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { fileProblem } from "../file-problem";
import { packageVersion } from "../package-version";
import { UsageError } from "../usage-error";
import { ignoredFiles } from "./ignored-files";

/** Files that make up the project, by name. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Files that a folder may have already. They stay as they are. */
const kept = ["Pulumi.yaml", "package.json", "tsconfig.json", ".gitignore"];

/**
 * Returns the name of the project in a folder: the one in its Pulumi.yaml, else one made from the folder's name.
 *
 * @throws UsageError when Pulumi.yaml can't be understood
 */
export function projectName(folder: string): string {
  const file = join(folder, "Pulumi.yaml");
  if (!existsSync(file))
    return (
      basename(resolve(folder))
        .replaceAll(/[^A-Za-z0-9_.-]+/g, "-")
        .slice(0, 100) || "dns"
    );
  const name = (parse(readFileSync(file, "utf8")) as { name?: unknown } | null)?.name;
  if (typeof name === "string") return name;
  throw new UsageError(`${file} has no name.`);
}

/**
 * Writes the files of a project. Those that a folder may have already stay as they are.
 *
 * @param isReplaceable whether a file with this text may be replaced
 * @throws UsageError when another file would be replaced; nothing is written then
 */
export async function writeProject(
  folder: string,
  files: ProjectFiles,
  isReplaceable: (text: string) => boolean,
): Promise<void> {
  const entries = Object.entries(files).map(([name, text]) => ({ name, text, found: textIn(folder, name) }));
  const missing = entries.filter(({ found }) => found === undefined);
  const others = entries.filter(
    ({ name, text, found }) => found !== undefined && found !== text && !kept.includes(name),
  );
  const foreign = others.filter(({ found = "" }) => !isReplaceable(found));
  if (foreign.length > 0)
    throw wouldReplace(
      folder,
      foreign.map(({ name }) => name),
    );
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of missing) await writeFile(join(folder, name), text, { flag: "wx" });
    for (const { name, text } of others) await writeFile(join(folder, name), text);
  } catch (error) {
    throw fileProblem("write into", folder, error);
  }
}

function textIn(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function wouldReplace(folder: string, names: readonly string[]): UsageError {
  return new UsageError(
    `${folder} has ${names.join(", ")} already, with other contents. Nothing is replaced: choose another folder with --out, or remove what you don't need.`,
  );
}

/** Returns what every project needs beside its program. */
export function frameFiles(project: string): ProjectFiles {
  return {
    "Pulumi.yaml": stringify({
      name: project,
      description: "A DNS cluster of cPanel & WHM servers",
      runtime: "nodejs",
    }),
    "package.json": json({
      name: project.toLowerCase(),
      private: true,
      main: "index.ts",
      dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-whm": `^${packageVersion()}` },
      devDependencies: { "@types/node": "^20.19.43", "ts-node": "^10.9.2", typescript: "~5.9" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2022",
        module: "node16",
        moduleResolution: "node16",
        strict: true,
        skipLibCheck: true,
        types: ["node"],
      },
    }),
    ".gitignore": ignoredFiles,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
