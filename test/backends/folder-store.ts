import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Every file below a folder, by its path from there. What goes while others are at work there is not there. */
export async function textsBelow(folder: string, below = ""): Promise<Record<string, string>> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(unlessMissing);
  const found = (entries ?? []).map(async (entry): Promise<Record<string, string>> => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) return textsBelow(folder, path);
    const text = await readFile(join(folder, path), "utf8").catch(unlessMissing);
    return text === undefined ? {} : { [path]: text };
  });
  return Object.assign({}, ...(await Promise.all(found))) as Record<string, string>;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
