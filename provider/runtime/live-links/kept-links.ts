import type { Role } from "../../schema/role";
import type { Link } from "../../schema/topology";
import { storedRole } from "../../topology";
import { Rejection } from "../engine/failures";
import { asHeld } from "../risks/live-standing";
import type { FoundLinks } from "./find-live-links";
import type { JudgedGate } from "./verdict";

/**
 * Refuses a link that `ignoreChanges` keeps in another role than was judged. It stays as its server stores it, whatever
 * the program says. One that does not exist yet is made as declared.
 */
export function refuseKept(judged: JudgedGate, found: FoundLinks): void {
  const { kept = [], topology } = judged.gate;
  const sentences = kept.flatMap(({ from, to }) => {
    const link = topology.links.find((each) => each.from === from && each.to === to);
    if (!link) return [];
    const [stays, declared] = [keptRole(link, judged, found), storedRole(link, topology.servers)];
    if (stays === undefined || stays === declared) return [];
    return [`${from} -> ${to}: the rules judged the role ${declared}, but the role ${stays} would stay.`];
  });
  if (sentences.length === 0) return;
  throw new Rejection(
    [
      "ignoreChanges would keep links different from what was judged, so nothing is written:",
      ...sentences.map((each) => `  ${each}`),
      "Take `role` out of ignoreChanges, or declare the link as it is.",
    ].join("\n"),
  );
}

/**
 * Returns the role that a server stores for a link or, if somebody has removed the entry, the one that the state keeps;
 * undefined for a link that is new.
 */
function keptRole(link: Link, { gate, before }: JudgedGate, found: FoundLinks): Role | undefined {
  const { servers } = gate.topology;
  const [held] = asHeld({ ...link, stored: storedRole(link, servers) }, servers, found) ?? [];
  if (held) return held.stored;
  const earlier = before?.links.find(({ from, to }) => from === link.from && to === link.to);
  return earlier && storedRole(earlier, before?.servers ?? {});
}
