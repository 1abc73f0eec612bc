import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Servers } from "../../schema/server";
import { failed, ok, skipped, type Check, type CheckResult } from "../../survey";
import { oldestPulumi, runPulumi } from "../pulumi";
import { UsageError } from "../usage-error";
import { checkConfiguration } from "./configuration";
import { connectionsResult } from "./connections";
import { checkPlugins } from "./plugins";
import { isAtLeast } from "../version-order";

/** Checks this machine: Node, Pulumi's command line and its plugins, and what is declared. */
export async function checkMachine(connections: Servers, stack: string | undefined): Promise<Check[]> {
  const pulumi = await checkPulumi();
  const isThere = pulumi.state === "ok";
  const [plugins, configuration] = await Promise.all([
    isThere ? checkPlugins() : skipped("not tried, because of pulumi"),
    checkConfiguration(stack, isThere),
  ]);
  const found: [string, CheckResult | undefined][] = [
    ["node", nodeResult(process.versions.node, neededNode())],
    ["pulumi", pulumi],
    ["plugins", plugins],
    ["configuration", configuration],
    ["connections", connectionsResult(connections)],
  ];
  return found.flatMap(([check, result]) => (result ? [{ check, ...result }] : []));
}

export function nodeResult(present: string, needed: string): CheckResult {
  if (isAtLeast(present, needed)) return ok(`Node ${present}`);
  return failed(
    `Node ${present} is too old: pulumi-whm needs ${needed} or newer`,
    "Put a newer Node first on PATH: https://nodejs.org.",
  );
}

export function pulumiResult(printed: string): CheckResult {
  const [, version] = /^v?(\d+\.\d+\.\d+\S*)/.exec(printed.trim()) ?? [];
  if (version === undefined)
    return failed(
      "pulumi does not print its version",
      "See what `pulumi version` prints, and whether another program of this name is first on PATH.",
    );
  if (isAtLeast(version, oldestPulumi)) return ok(`Pulumi ${version}`);
  return failed(
    `Pulumi ${version} is too old: pulumi-whm needs ${oldestPulumi} or newer`,
    "Update it: https://www.pulumi.com/docs/install/.",
  );
}

async function checkPulumi(): Promise<CheckResult> {
  try {
    return pulumiResult((await runPulumi(["version"])).output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return failed(
      "Pulumi's command line is not on PATH",
      "Install it: https://www.pulumi.com/docs/install/.",
    );
  }
}

function neededNode(): string {
  const text = readFileSync(join(__dirname, "../../../package.json"), "utf8");
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  return engines.node.replace(/^>=/, "");
}
