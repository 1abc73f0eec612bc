import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";

/**
 * Previews a program whose plan is rejected, on the real engine.
 *
 * @param {{ folder: string }} [engine] the one on PATH if absent
 * @returns {Promise<{ command: string, output: string }>} what a terminal shows, with its colours
 */
export async function rejectedPlan(engine) {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-plan-"));
  try {
    const project = { name: "dns", runtime: "nodejs", main: join(root, "script", "docs", "rejected-plan") };
    await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify(project));
    const pulumi = (...args) =>
      run("pulumi", [...args, "--non-interactive"], { cwd: folder, env: environment(engine, folder) });
    await pulumi("stack", "init", "prod");
    const { code, stdout, stderr } = await pulumi(
      "preview",
      "--stack",
      "prod",
      "--color",
      "always",
      "--suppress-progress",
    );
    if (code === 1 && stdout.includes("is rejected")) {
      return { command: "pulumi preview", output: inOneOrder(stdout) };
    }
    throw new Failure(
      "The plan for the picture is not rejected.",
      stdout + stderr,
      "Look at script/docs/rejected-plan.",
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The engine closes with a row for each resource, in an order of chance: those after the row of the error. */
function inOneOrder(output) {
  return output.replace(/(error: .*\n)((?: .*\n)+)/, (_, error, rows) => {
    const sorted = rows.split("\n").slice(0, -1).sort().reverse();
    return `${error}${sorted.join("\n")}\n`;
  });
}

function environment(engine, folder) {
  return {
    ...(engine && { PATH: `${engine.folder}${delimiter}${process.env.PATH}` }),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}
