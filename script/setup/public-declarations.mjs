import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { filesBelow } from "../shared/files-below.mjs";
import { root } from "../shared/paths.mjs";

/** Removes the declarations that no public one refers to. Nobody could import them, and they are a third of all. */
export async function keepPublicDeclarations(folder) {
  const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const entries = Object.values(exports).flatMap(({ types }) => types ?? []);
  const wanted = new Set();
  for (const entry of entries) await follow(resolve(folder, entry.replace(/^\.\/dist\//, "")), wanted);
  const declarations = (await filesBelow(folder)).filter((file) => /\.d\.c?ts$/.test(file));
  for (const file of declarations) if (!wanted.has(resolve(file))) await rm(file);
}

async function follow(file, wanted) {
  if (wanted.has(file)) return;
  wanted.add(file);
  const text = await readFile(file, "utf8");
  for (const [, target] of text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
    const path = resolve(file, "..", target);
    const found = [`${path}.d.ts`, join(path, "index.d.ts"), path.replace(/\.cjs$/, ".d.cts")].find((each) =>
      existsSync(each),
    );
    if (found !== undefined) await follow(found, wanted);
  }
}
