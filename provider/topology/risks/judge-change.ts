import type { Allowance, RiskChoices, RiskId } from "../../schema/risks";
import { risks } from ".";
import type { LinkEnds, RawFinding, Severity } from "../judge/rule";
import { endOf } from "../model/day-or-time";
import type { HeldZones } from "./cluster-change";
import type { ComparedChange } from "./compare-change";
import type { Risk } from "./risk";

/** A place at which a change takes a risk. */
export interface RiskFinding {
  readonly risk: RiskId;
  /** `error` rejects the plan, `warning` is shown and passes. */
  readonly severity: Severity;
  readonly servers: string[];
  readonly link?: LinkEnds;
  /** What the change does, and the consequence. */
  readonly message: string;
  /** How to avoid it. */
  readonly fix: string;
  /** Reason of the allowance, if the risk is allowed. */
  readonly allowed?: string;
}

/**
 * Returns the risks that a change takes, in the order of the table. An allowed one is a warning.
 *
 * @param held zones of the nameservers; undefined where no server is asked
 * @param now milliseconds since 1970
 */
export function judgeChange(
  change: ComparedChange,
  { risks: settings = {}, allow = [] }: RiskChoices,
  { held, now }: { readonly held?: HeldZones | undefined; readonly now: number },
): RiskFinding[] {
  const { limits = {}, severities = {} } = settings;
  const raised: Partial<Record<RiskId, Severity | undefined>> = severities;
  return risks.flatMap((risk) => {
    const severity = raised[risk.id] ?? risk.severity;
    const allowance = allow.find((each) => each.risk === risk.id && !isOver(each, now));
    return risk
      .check({ change, limits, held })
      .map((raw) => toFinding(risk, raw, allowance ? { severity: "warning", allowance } : { severity }));
  });
}

/** Whether an allowance has expired. */
export function isOver({ until }: Allowance, now: number): boolean {
  return until !== undefined && endOf(until) <= now;
}

interface Judgement {
  readonly severity: Severity;
  readonly allowance?: Allowance;
}

function toFinding(
  { id, consequence }: Risk,
  { servers, link, problem, fix }: RawFinding,
  { severity, allowance }: Judgement,
): RiskFinding {
  return {
    risk: id,
    severity,
    servers,
    ...(link && { link }),
    message: `${problem} ${consequence}`,
    fix,
    ...(allowance && { allowed: allowance.reason }),
  };
}
