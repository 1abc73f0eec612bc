/** Steps of a log-in, in order. */
export const dialSteps = ["name", "port", "hostKey", "login"] as const;

export type DialStep = (typeof dialSteps)[number];

/** How far the last dial has come. If it failed, it failed at this step of this hop. */
export class DialProgress {
  /** Whether the bastion is dialled, or the server itself. */
  hop: "bastion" | "server" = "server";
  /** Step in progress, or the one whose settings are being read. */
  step: DialStep = "name";
  /** Steps that this hop has passed. */
  readonly passed = new Set<DialStep>();

  /** Begins a hop, or another attempt at it. */
  begin(hop = this.hop): void {
    this.hop = hop;
    this.step = "name";
    this.passed.clear();
  }

  pass(step: DialStep): void {
    this.passed.add(step);
    this.step = dialSteps[dialSteps.indexOf(step) + 1] ?? step;
  }
}
