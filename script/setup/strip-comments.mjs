import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

/**
 * Removes the comments from compiled JavaScript. Editors show those of the declarations beside it, and without them
 * the package is a fifth smaller.
 */
export async function stripComments(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(({ name }) => name.endsWith(".js")).map(({ path, name }) => join(path, name));
  for (const file of files) await writeFile(file, withoutComments(await readFile(file, "utf8")));
}

function withoutComments(text) {
  const compilerOptions = { target: "ES2022", module: "CommonJS", removeComments: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
