import type { Door } from "./journal";

const answers = ["api", "sftp", "exec"] as const;

/** Faults, and the doors where each is possible. */
const doorsByFault = {
  slow: ["api", "sftp", "exec", "ssh"],
  reset: answers,
  "reset-after": answers,
  truncated: answers,
  html: ["api"],
  "legacy-403": ["api"],
  "error-500": ["api"],
  "half-applied": answers,
  "lying-success": answers,
  forgetful: ["api", "sftp"],
  "host-key-changed": ["ssh"],
  refuse: ["api", "ssh"],
  silent: ["api", "sftp", "exec", "ssh"],
  "no-forwarding": ["ssh"],
  "disk-full": ["sftp"],
  "read-only": ["sftp"],
} as const satisfies Record<string, readonly Door[]>;

/**
 * Name of a fault.
 *
 * `reset` drops the connection instead of answering, `reset-after` does the work first. `half-applied` does part of the
 * work and `lying-success` none, and both answer as if all were well. `forgetful` does all of it and forgets it later: at
 * `sftp` a renamed file is as before once it was read back; at `api` a token is gone after the call that was made with it.
 * `silent` accepts the connection and never answers.
 *
 * @useDeclaredType
 */
export type FaultName = keyof typeof doorsByFault;

/** All fault names, for messages and menus. */
export const faultNames = Object.keys(doorsByFault) as FaultName[];

/** Where and when a fault occurs. */
export interface FaultOptions {
  /** Delay of `slow` in milliseconds. @default 1000 */
  readonly ms?: number;
  /** Only at this door. @default every door where the fault is possible */
  readonly door?: Door;
  /**
   * Only for this operation: the API function at the doors `api` and `exec`; at `sftp` the protocol's own word, such as
   * `open`, `write`, `fsync`, `close` or `rename`; at `ssh` `connect` or `forward`.
   * @default all
   */
  readonly operation?: string;
  /** Number of matching calls that pass first. `refuse` and `no-forwarding` are states and don't count. @default 0 */
  readonly after?: number;
  /** Number of times that the fault occurs. @default no limit */
  readonly times?: number;
}

interface PlannedFault {
  readonly name: FaultName;
  readonly options: FaultOptions;
  seen: number;
}

/** Faults that affect one call. */
export class FaultSet {
  constructor(private readonly hits: readonly PlannedFault[]) {}

  has(name: FaultName): boolean {
    return this.hits.some((fault) => fault.name === name);
  }

  /** Milliseconds to wait before answering. */
  get delay(): number {
    return this.hits.reduce(
      (sum, fault) => sum + (fault.name === "slow" ? (fault.options.ms ?? 1000) : 0),
      0,
    );
  }

  /** How much of a change is really made. */
  get effect(): Effect {
    if (this.has("lying-success")) return "none";
    return this.has("half-applied") ? "half" : "full";
  }
}

/** How much of a change is made before it is reported as done. */
export type Effect = "full" | "half" | "none";

/** Faults planned for one server. */
export class Faults {
  private planned: PlannedFault[] = [];

  /** @throws Error for an unknown name, or a door where the fault is not possible. The message lists the choices. */
  plan(name: string, options: FaultOptions): void {
    if (!isFaultName(name))
      throw new Error(`There is no fault "${name}"; choose one of ${faultNames.join(", ")}.`);
    const doors: readonly Door[] = doorsByFault[name];
    if (options.door !== undefined && !doors.includes(options.door)) {
      throw new Error(
        `The fault "${name}" cannot happen at the door "${options.door}"; choose ${doors.join(" or ")}.`,
      );
    }
    this.planned.push({ name, options, seen: 0 });
  }

  clear(): void {
    this.planned = [];
  }

  /** Whether a fault that is a state and not an event (`refuse`, `no-forwarding`) is planned at a door. */
  isPlanned(name: FaultName, door: Door): boolean {
    return this.planned.some((fault) => fault.name === name && (fault.options.door ?? door) === door);
  }

  /** Returns the faults that affect this call, and counts them. With `only`, ignores all others. */
  inject(door: Door, operation: string, only?: readonly FaultName[]): FaultSet {
    const matching = this.planned.filter(
      (fault) => matches(fault, door, operation) && (only === undefined || only.includes(fault.name)),
    );
    const hits = matching.filter(isDue);
    for (const fault of matching) fault.seen += 1;
    return new FaultSet(hits);
  }
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(doorsByFault, name);
}

function matches({ name, options }: PlannedFault, door: Door, operation: string): boolean {
  const doors: readonly Door[] = doorsByFault[name];
  if (!doors.includes(door)) return false;
  if (options.door !== undefined && options.door !== door) return false;
  return options.operation === undefined || options.operation === operation;
}

function isDue({ options, seen }: PlannedFault): boolean {
  const first = options.after ?? 0;
  return seen >= first && seen < first + (options.times ?? Infinity);
}
