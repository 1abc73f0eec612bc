import { listText } from "../../topology";
import { failed } from "./check";
import type { Examination } from "./examine-server";

/** Finds names whose connections lead to one machine: what is meant for one server would land on the other. */
export function withSameMachines(examined: readonly Examination[]): Examination[] {
  const names = new Map<string, string[]>();
  for (const { server, facts } of examined)
    if (facts.mark !== undefined) names.set(facts.mark, [...(names.get(facts.mark) ?? []), server]);
  return examined.map((each) => {
    const others = (names.get(each.facts.mark ?? "") ?? []).filter((name) => name !== each.server);
    return others.length > 0 ? doubled(each, others) : each;
  });
}

function doubled(examination: Examination, others: readonly string[]): Examination {
  const result = failed(
    `the connection leads to the machine that ${listText(others)} leads to as well`,
    "Correct connection.host and connection.port of one of them, or name the server once.",
  );
  const checks = examination.checks.map((check) =>
    check.check === "register" ? { ...check, ...result } : check,
  );
  return { ...examination, checks };
}
