/** Steps of a log-in, in order. */
export const dialSteps = ["name", "port", "hostKey", "login"] as const;

export type DialStep = (typeof dialSteps)[number];

/** Where a hop leads to, and who logs in there. */
export interface HopPlace {
  readonly host: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
}

/** How far the last dial has come. If it failed, it failed at this step of this hop. */
export class DialProgress {
  /** The bastions in the order in which they are dialled, and the server itself. Empty until they are known. */
  route: readonly HopPlace[] = [];
  /** Step in progress, or the one whose settings are being read. */
  step: DialStep = "name";
  /** Steps that this hop has passed. */
  readonly passed = new Set<DialStep>();
  private place = 0;

  /** Whether a bastion is dialled, or the server itself. */
  get hop(): "bastion" | "server" {
    return this.place < this.route.length - 1 ? "bastion" : "server";
  }

  /** The bastion or server that is dialled. */
  get target(): HopPlace | undefined {
    return this.route[this.place];
  }

  /** The last bastion before the one that is dialled. */
  get via(): HopPlace | undefined {
    return this.route[this.place - 1];
  }

  /** Begins a hop, or another attempt at it. */
  begin(place = this.place): void {
    this.place = place;
    this.step = "name";
    this.passed.clear();
  }

  pass(step: DialStep): void {
    this.passed.add(step);
    this.step = dialSteps[dialSteps.indexOf(step) + 1] ?? step;
  }
}
