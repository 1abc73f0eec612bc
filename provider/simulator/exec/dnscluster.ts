import { clusteringFlag } from "../members";
import { synchronise } from "../synchronise";
import type { ExecResult, Program, Surroundings } from "./program";

/** `dnscluster`: a failed zone or member shows in the output only, never in the exit status. */
export const dnscluster: Program = {
  paths: ["/usr/local/cpanel/scripts/dnscluster", "/scripts/dnscluster", "dnscluster"],
  prepare: (_, words) => {
    const [action = "", zone] = words.filter((word) => !word.startsWith("-"));
    const isKnown = actions.has(action);
    const target = isKnown ? [action, ...(zone === undefined ? [] : [zone])].join(" ") : "";
    return {
      entry: { operation: "dnscluster", target, write: isKnown },
      run: (surroundings) =>
        run({ action, zone, full: words.some((word) => /^--?f/i.test(word)) }, surroundings),
    };
  },
};

interface Wanted {
  readonly action: string;
  readonly zone: string | undefined;
  readonly full: boolean;
}

/** Whether an action also sends, beside fetching. */
const actions: ReadonlyMap<string, boolean> = new Map([
  ["syncall", true],
  ["syncalllocal", false],
  ["synclocal", false],
  ["synczone", true],
  ["synczonelocal", false],
]);

function run(wanted: Wanted, surroundings: Surroundings): ExecResult {
  const { server, effect } = surroundings;
  if (!server.files.find(clusteringFlag))
    return { exitCode: 1, stdout: "", stderr: "DNS clustering is not enabled.\n" };
  const sends = actions.get(wanted.action);
  const isOneZone = wanted.action.startsWith("synczone");
  if (sends === undefined || (isOneZone && wanted.zone === undefined))
    return { exitCode: 0, stdout: help, stderr: "" };
  if (effect === "none") return { exitCode: 0, stdout: "Done\n", stderr: "" };
  const onlyZone = isOneZone ? wanted.zone : undefined;
  const lines = synchronise(surroundings, { onlyZone, sends: sends && effect === "full", full: wanted.full });
  return { exitCode: 0, stdout: [...lines, "Done", ""].join("\n"), stderr: "" };
}

const help = `dnscluster [-F|--full] syncall|syncalllocal
dnscluster synczone|synczonelocal ZONE
`;
