import { spawnSync } from "node:child_process";
import type { Simulator } from "../../provider/simulator";
import type { PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";

/**
 * Runs `up` a second time when a first one that comes later makes its first token: in the middle of its work. Everything in
 * this process stands still meanwhile, the simulated servers too, so that the second run has to end without them.
 *
 * @returns tells how the second run ended, once it has
 */
export function secondRunDuring(simulator: Simulator, stack: PulumiProject): () => CommandResult | undefined {
  let second: CommandResult | undefined;
  simulator.watch(({ operation }) => {
    if (operation === "api_token_create") second ??= upWhileAllStandsStill(stack);
  });
  return () => second;
}

function upWhileAllStandsStill({ folder, environment, stack }: PulumiProject): CommandResult {
  const words = ["up", "--yes", "--stack", stack, "--non-interactive", "--color", "never"];
  const { status, stdout, stderr } = spawnSync("pulumi", words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status ?? 1, stdout, stderr };
}
