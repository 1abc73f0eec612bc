// Ours beside what an administrator would use instead: the same four steps on the same servers behind OpenSSH, in one
// run on one machine. Only ratios mean something: absolute times are the machine's.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findSshd } from "../script/setup/openssh/find-sshd.mjs";
import { findEngine } from "../script/setup/engine/find-engine.mjs";
import { findAnsible } from "../script/setup/find-ansible.mjs";
import { Failure } from "../script/shared/failure.mjs";
import { root } from "../script/shared/paths.mjs";
import { run } from "../script/shared/run.mjs";
import { bedEnvironment, inOwnWorld, whyNoOwnWorld } from "../script/suites/own-world.mjs";
import { brokenLimits } from "./peers/limits.mjs";
import { summarize } from "./peers/summarize.mjs";
import { tableText } from "./peers/table.mjs";

const usualPeers = ["pulumi-whm", "whm-dns", "remote.Command", "terraform", "ansible", "floor"];

/** How each tool is found; what it needs, or a sentence on why it is left out. */
const finders = {
  "pulumi-whm": () => ({}),
  "whm-dns": () => ({}),
  engine: () => ({}),
  floor: () => ({}),
  "remote.Command": () => {
    const folder = pluginFolders().find((each) => existsSync(join(each, "pulumi-resource-command")));
    return folder ? { folder } : "pulumi-resource-command is not on PATH";
  },
  terraform: async () => {
    const program = (await isThere("terraform")) ?? (await isThere("tofu"));
    return program ? { program } : "neither terraform nor tofu is on PATH";
  },
  ansible: async () => {
    const program = await findAnsible();
    return program ? { program } : "ansible-core cannot be installed here";
  },
};

/** Measures and prints. Returns a line for each limit that is broken. */
export default async function compare({ servers, peers = usualPeers, rounds, json }) {
  const reason = await whyNoOwnWorld();
  const sshd = reason ? undefined : await findSshd();
  if (!sshd) {
    console.log(`SKIP the comparison: ${reason ?? "OpenSSH's server is not to be had"}`);
    return [];
  }
  const { folder } = await findEngine();
  const found = await findPeers(peers);
  const samples = await measure({ servers, rounds, peers: found }, sshd, folder);
  const results = summarize(samples);
  console.log(`\n${cpus().length} processors, ${rounds} rounds, medians\n\n${tableText(results)}`);
  const asked = servers.length === 1 ? servers[0] : servers;
  if (json) writeFileSync(json, `${JSON.stringify({ servers: asked, results }, null, 2)}\n`);
  return brokenLimits(results);
}

async function findPeers(names) {
  const found = {};
  for (const name of names) {
    if (!finders[name])
      throw new Failure(`No tool ${name}.`, "", `Known: ${Object.keys(finders).join(", ")}.`);
    const settings = await finders[name]();
    if (typeof settings === "string") console.log(`SKIP ${name}: ${settings}`);
    else found[name] = settings;
  }
  return found;
}

/** @returns {Promise<object[]>} a figure for each tool, operation, number of servers and round */
async function measure(plan, sshd, engineFolder) {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-bench-"));
  const file = join(folder, "plan.json");
  const results = join(folder, "results.json");
  writeFileSync(file, JSON.stringify({ ...plan, results }));
  try {
    const env = bedEnvironment(sshd, [engineFolder, process.env.PATH].join(delimiter));
    const [command, ...words] = [
      ...inOwnWorld,
      process.execPath,
      join(root, "bench", "peers", "rounds.mjs"),
      file,
    ];
    const { code, stderr } = await run(command, words, { cwd: root, env, echo: true });
    if (code !== 0) throw new Failure("The comparison has failed.", stderr.slice(-4000), "");
    return JSON.parse(readFileSync(results, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isThere(program) {
  const { code, stdout } = await run("sh", ["-c", `command -v ${program}`]);
  return code === 0 ? stdout.trim() : undefined;
}

/** @pulumi/command's plugin downloads itself where there is internet; elsewhere it lies beside the work tree. */
function pluginFolders() {
  return [...process.env.PATH.split(delimiter), join(root, "..", "shared", "tools")];
}
