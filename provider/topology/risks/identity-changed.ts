import type { PlainServer } from "../../schema/server";
import { canonicalAddress, productOf } from "../model/server";
import type { Risk } from "./risk";

/**
 * A server has another address, host name or type than before, under the same name. Filling in a host name is no change.
 * `identity: "accept"` on the server is the user's word for it.
 */
export const identityChanged: Risk = {
  id: "identity-changed",
  severity: "error",
  summary: "A server gets another address, host name or type under the same name.",
  consequence: "If this is not intended, the links lead to another machine, which has none of the zones.",
  check: ({ change: { before, after, accepted } }) =>
    Object.entries(after.servers).flatMap(([name, now]) => {
      const was = Object.hasOwn(before.servers, name) ? before.servers[name] : undefined;
      const differences = was && !accepted.has(name) ? differencesBetween(was, now) : [];
      if (differences.length === 0) return [];
      return {
        servers: [name],
        problem: `${name} gets another ${differences.join(" and another ")}.`,
        fix: `Correct the declaration, give another machine another name, or set identity: "accept" on ${name}.`,
      };
    }),
};

function differencesBetween(was: PlainServer, now: PlainServer): string[] {
  const fields: [string, string | undefined, string | undefined][] = [
    ["address", was.address && canonicalAddress(was.address), now.address && canonicalAddress(now.address)],
    ["host name", was.hostname?.toLowerCase(), now.hostname?.toLowerCase()],
    ["type", productOf(was), productOf(now)],
  ];
  return fields
    .filter(([, one, other]) => one !== undefined && other !== undefined && one !== other)
    .map(([field, one, other]) => `${field} (${one} => ${other})`);
}
