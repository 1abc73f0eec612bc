import { examineServers } from "../../survey";
import type { ExitCode } from "../exit-codes";
import { withServers, type LookOptions } from "../look/look";
import { printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { diagnosisData, exitCodeOf, type Diagnosis } from "./diagnosis";
import { checkMachine } from "./machine";
import { reportLines } from "./report-lines";

/** Checks this machine and each server. */
export async function doctor(options: LookOptions, surroundings: Surroundings): Promise<ExitCode> {
  const diagnosis = await diagnose(options, surroundings);
  const { output, colours, columns } = surroundings.streams;
  if (options.json) printJson(output, diagnosisData(diagnosis));
  else printLines(output, ...reportLines(diagnosis, colours, columns));
  return exitCodeOf(diagnosis);
}

function diagnose(options: LookOptions, surroundings: Surroundings): Promise<Diagnosis> {
  return withServers(options, surroundings, async ({ connections, registry, pace }) => {
    const [machine, servers] = await Promise.all([
      checkMachine(connections, options.stack),
      examineServers(registry, registry.names(), pace),
    ]);
    return { connections, machine, servers };
  });
}
