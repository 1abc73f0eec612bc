import type { RuleOverrides } from "../../../provider/schema/rule-overrides";
import type { RuleId } from "../../../provider/topology";
import { relaxable } from "./judge";

/** Overrides that relax these rules, some to a warning and some altogether. */
export function relax(rules: readonly RuleId[]): RuleOverrides {
  const severities = ["warning", "off"] as const;
  return Object.fromEntries(
    rules.map((rule, index) => [rule, { severity: severities[index % 2] ?? "off", reason: "agreed" }]),
  );
}

/** Every set of overrides for the rules that can be relaxed. */
export const everyRelaxation: RuleOverrides[] = Array.from({ length: 2 ** relaxable.length }, (_, bits) =>
  relax(relaxable.filter((_rule, index) => bits & (1 << index))),
);
