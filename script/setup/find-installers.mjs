// Answers where the tools are with which tests install the package; null for what is not to be had. The versions that the
// pages speak of are said here.
import { dirname, join } from "node:path";
import { answer } from "../shared/answer.mjs";
import { fromNpm } from "./from-npm.mjs";

const nodes = { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0" };
const pnpms = { 10: "10.34.9", 12: "12.21.0" };

await answer(async () => {
  const found = { node: {}, pnpm: {} };
  for (const major of Object.keys(nodes)) found.node[major] = (await findNode(major)) ?? null;
  for (const major of Object.keys(pnpms)) found.pnpm[major] = (await findPnpm(major)) ?? null;
  return found;
});

/** The folder of `node`: the running one where it fits, else the package of npm that holds it for this platform. */
async function findNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await fromNpm({ name, version: nodes[major], keep: "node" });
  return folder && join(folder, "bin");
}

/** The words that start pnpm: from version 12 on it is a program of its own, before that a script. */
async function findPnpm(major) {
  const version = pnpms[major];
  if (Number(major) < 12) {
    const folder = await fromNpm({ name: "pnpm", version });
    return folder && ["node", join(folder, "bin", "pnpm.cjs")];
  }
  const folder = await fromNpm({
    name: `@pnpm/exe.${process.platform}-${process.arch}`,
    version,
    keep: "pnpm",
  });
  return folder && [join(folder, "pnpm")];
}
