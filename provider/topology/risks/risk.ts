import type { RiskId, RiskSettings } from "../../schema/risks";
import type { RawFinding, Severity } from "../judge/rule";
import type { HeldZones } from "./cluster-change";
import type { ComparedChange } from "./compare-change";

/** What a risk is judged by. */
export interface RiskInput {
  readonly change: ComparedChange;
  readonly limits: NonNullable<RiskSettings["limits"]>;
  /** Undefined where no server is asked. */
  readonly held: HeldZones | undefined;
}

/** A row of the table of risks. */
export interface Risk {
  readonly id: RiskId;
  /** Severity without a setting. */
  readonly severity: Severity;
  /** What the change does, in one line. */
  readonly summary: string;
  /** What follows from it, in one sentence. */
  readonly consequence: string;
  /** Returns every place at which the change takes the risk. Never throws. @internal */
  readonly check: (input: RiskInput) => RawFinding[];
}
