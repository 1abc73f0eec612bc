import { identityChanged } from "./identity-changed";
import { lastHolderOfZone } from "./last-holder-of-zone";
import { manyChanges } from "./many-changes";
import type { Risk } from "./risk";
import { strongerRole } from "./stronger-role";
import { syncMemberRemoved } from "./sync-member-removed";
import { webServerWithoutNameserver } from "./web-server-without-nameserver";

/** The table of the risks of a change. Findings are listed in this order. */
export const risks: readonly Risk[] = [
  manyChanges,
  webServerWithoutNameserver,
  lastHolderOfZone,
  identityChanged,
  strongerRole,
  syncMemberRemoved,
];

/** Finds a risk by its id; returns `undefined` if the table has none. */
export function findRisk(id: string): Risk | undefined {
  return risks.find((risk) => risk.id === id);
}
