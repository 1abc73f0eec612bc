import { judgeStatus, readStatus, type JudgedStatus } from "../../survey";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withServers, type LookOptions } from "../look/look";
import { printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import { nagiosResult, nagiosUnknown } from "./nagios";
import { prometheusText } from "./prometheus";
import { serverRows, type ServerRow } from "./server-rows";
import { statusData } from "./status-data";
import { statusText } from "./status-text";

/** Options of `whm-dns status`. */
export interface StatusOptions extends LookOptions {
  /** Names of the zones of which serials are compared. */
  readonly zones: readonly string[];
  /** A token that expires within this number of days is a warning. */
  readonly expiresWithin: number;
  /** Try who reaches whom. */
  readonly reach?: boolean | undefined;
  /** Print metrics for Prometheus. */
  readonly prometheus?: boolean | undefined;
  /** Print one line, and exit, as a Nagios plugin. */
  readonly nagios?: boolean | undefined;
}

/** Reads the health of a running cluster and shows it. Writes nothing on any server. */
export async function status(options: StatusOptions, surroundings: Surroundings): Promise<ExitCode> {
  if (!options.nagios) return show(await look(options, surroundings), options, surroundings);
  const { streams, debug } = surroundings;
  try {
    const { judged, rows } = await look(options, surroundings);
    const { code, text } = nagiosResult(judged, rows);
    printLines(streams.output, text);
    return code;
  } catch (error) {
    // Nagios reads standard output, and takes exit code 2 for a broken cluster.
    if (debug || !(error instanceof UsageError)) throw error;
    printLines(streams.output, nagiosUnknown(error.message).text);
    return exitCodes.unreadable;
  }
}

interface Seen {
  readonly judged: JudgedStatus;
  readonly rows: readonly ServerRow[];
  /** When, in seconds since 1970. */
  readonly now: number;
}

function look(options: StatusOptions, surroundings: Surroundings): Promise<Seen> {
  return withServers(options, surroundings, async ({ registry, pace }) => {
    const names = registry.names();
    const read = await readStatus(registry, {
      names,
      chosenZones: options.zones,
      pace,
      triesReach: options.reach,
      ask: surroundings.askSoa,
    });
    const now = Math.floor(Date.now() / 1000);
    const judged = judgeStatus(read, { now, expiresWithin: options.expiresWithin });
    return { judged, rows: serverRows(judged, names), now };
  });
}

function show({ judged, rows, now }: Seen, options: StatusOptions, { streams }: Surroundings): ExitCode {
  if (options.json) printJson(streams.output, statusData(judged, rows));
  else if (options.prometheus) printLines(streams.output, prometheusText(judged, rows, now));
  else printLines(streams.output, statusText(judged, rows, streams));
  if (judged.unreadable.length > 0) return exitCodes.unreadable;
  return judged.findings.length > 0 ? exitCodes.found : exitCodes.accepted;
}
