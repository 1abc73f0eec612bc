import type { ClusterStatus, StatusServer } from "../../../provider/survey";

/** A server in few words. */
export interface ServerSketch {
  readonly isNameserver?: boolean;
  /** Names of the servers that it feeds. Their addresses are their names. */
  readonly feeds?: readonly string[];
  readonly zones?: readonly string[];
  /** Serials of chosen zones; undefined for a copy without an SOA record. */
  readonly serials?: Readonly<Record<string, number | undefined>>;
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
  const { isNameserver = false, feeds = [], zones = [], serials = {} } = sketch;
  return {
    name,
    isNameserver,
    zones,
    copies: new Map(Object.entries(serials).map(([zone, serial]) => [zone, { serial }])),
    members: feeds.map((key) => ({ key, role: "sync", text: "x" })),
  } as never;
}
