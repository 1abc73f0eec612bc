import type { SoaAnswer } from "../../../provider/servers";
import type { ClusterStatus, StatusServer } from "../../../provider/survey";

/** A server in few words. */
export interface ServerSketch {
  readonly isNameserver?: boolean;
  /** Names of the servers that it feeds. Their addresses are their names. */
  readonly feeds?: readonly string[];
  readonly zones?: readonly string[];
  /** Serials of chosen zones; undefined for a copy without an SOA record. */
  readonly serials?: Readonly<Record<string, number | undefined>>;
  /** What it answers over DNS about chosen zones: a serial, a sentence, or nothing. */
  readonly answers?: Readonly<Record<string, number | string>>;
}

/** Makes the status of servers that were read. */
export function statusOf(
  servers: Readonly<Record<string, ServerSketch>>,
  { chosenZones = [], unreadable = [] }: { chosenZones?: string[]; unreadable?: string[] } = {},
): ClusterStatus {
  return {
    servers: new Map(Object.entries(servers).map(([name, sketch]) => [name, serverOf(name, sketch)])),
    unreadable: new Map(unreadable.map((name) => [name, new Error("down") as never])),
    uses: [],
    chosenZones,
    nameAt: (address) => (address in servers ? address : undefined),
  };
}

function serverOf(name: string, sketch: ServerSketch): StatusServer {
  const { isNameserver = false, feeds = [], zones = [], serials = {}, answers = {} } = sketch;
  return {
    name,
    isNameserver,
    zones,
    copies: new Map(Object.entries(serials).map(([zone, serial]) => [zone, { serial }])),
    answers: new Map(Object.entries(answers).map(([zone, answer]) => [zone, answerOf(answer)])),
    nameserver: "bind",
    members: feeds.map((key) => ({ key, role: "sync", text: "x" })),
  } as never;
}

function answerOf(answer: number | string): SoaAnswer {
  return typeof answer === "number" ? { serial: answer } : { isSilent: answer === "", said: answer };
}
