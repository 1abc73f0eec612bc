import type { Servers } from "../../schema/server";
import { whyUnreadable, type Check, type Examination } from "../../survey";
import { exitCodes, type ExitCode } from "../exit-codes";

/** Everything that the checks have found. */
export interface Diagnosis {
  readonly connections: Servers;
  readonly machine: readonly Check[];
  readonly servers: readonly Examination[];
}

/** An unreadable server counts more than something wrong on another one. */
export function exitCodeOf({ machine, servers }: Diagnosis): ExitCode {
  if (servers.some((server) => whyUnreadable(server))) return exitCodes.unreadable;
  const checks = [...machine, ...servers.flatMap((server) => server.checks)];
  return checks.some(({ state }) => state === "failed") ? exitCodes.found : exitCodes.accepted;
}

/** Returns the data of `--json`. */
export function diagnosisData(diagnosis: Diagnosis): object {
  const { machine, servers } = diagnosis;
  return {
    well: exitCodeOf(diagnosis) === exitCodes.accepted,
    machine: machine.map(checkData),
    servers: servers.map(({ server, checks }) => ({ server, checks: checks.map(checkData) })),
    unreadable: servers.flatMap((each) => {
      const why = whyUnreadable(each);
      return why ? [{ server: each.server, message: why.message }] : [];
    }),
  };
}

function checkData({ check, state, message, cure }: Check): object {
  return { check, state, message, ...(cure === undefined ? {} : { cure }) };
}
