import { clusteringFlag } from "../members";
import { synchronise } from "../synchronise";
import type { ExecResult, Program, Surroundings } from "./program";

/** `dnscluster`: a failed zone or member shows only in the output, never in the exit status. */
export const dnscluster: Program = {
  paths: ["/usr/local/cpanel/scripts/dnscluster", "/scripts/dnscluster", "dnscluster"],
  prepare: (_, words) => {
    const order = readOrder(words);
    const target = order === undefined ? "" : [order.action, order.onlyZone ?? ""].join(" ").trim();
    return {
      entry: { operation: "dnscluster", target, write: order !== undefined },
      run: (surroundings) => run(order, surroundings),
    };
  },
};

interface Order {
  readonly action: string;
  readonly onlyZone: string | undefined;
  /** Whether it sends as well as fetches. */
  readonly sends: boolean;
  readonly full: boolean;
}

const actions: Readonly<Record<string, { sends: boolean; takesZone: boolean }>> = {
  syncall: { sends: true, takesZone: false },
  syncalllocal: { sends: false, takesZone: false },
  synclocal: { sends: false, takesZone: false },
  synczone: { sends: true, takesZone: true },
  synczonelocal: { sends: false, takesZone: true },
};

/** Parses the arguments; undefined for anything that only prints help. */
function readOrder(words: readonly string[]): Order | undefined {
  const [action = "", zone] = words.filter((word) => !word.startsWith("-"));
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (known === undefined || (known.takesZone && zone === undefined)) return undefined;
  const full = words.some((word) => /^--?f/i.test(word));
  return { action, onlyZone: known.takesZone ? zone : undefined, sends: known.sends, full };
}

function run(order: Order | undefined, surroundings: Surroundings): ExecResult {
  const { server, effect } = surroundings;
  const isEnabled = server.files.find(clusteringFlag) !== undefined;
  if (!isEnabled) return { exitCode: 1, stdout: "", stderr: "DNS clustering is not enabled.\n" };
  if (order === undefined) return { exitCode: 0, stdout: help, stderr: "" };
  if (effect === "none") return { exitCode: 0, stdout: "Done\n", stderr: "" };
  const lines = synchronise(surroundings, { ...order, sends: order.sends && effect === "full" });
  return { exitCode: 0, stdout: [...lines, "Done", ""].join("\n"), stderr: "" };
}

const help = `dnscluster [-F|--full] syncall|syncalllocal
dnscluster synczone|synczonelocal ZONE
`;
