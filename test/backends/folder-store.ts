import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { StateStore } from "./state-store";

/** Pulumi's file backend in a temporary folder. */
export async function openFolder(): Promise<StateStore> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-state-"));
  return {
    environment: { PULUMI_BACKEND_URL: `file://${folder}` },
    stored: () => textsBelow(folder),
    stop: () => rm(folder, { recursive: true }),
  };
}

/** Every file below a folder, by its path from there. */
export async function textsBelow(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [relative(folder, file), await readFile(file, "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}
