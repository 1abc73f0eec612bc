import { countText, listText } from "../report/words";
import type { RawFinding } from "../judge/rule";
import type { HeldZones } from "./cluster-change";
import type { Risk } from "./risk";

/** A nameserver leaves the cluster with a zone that no other nameserver holds. Zones are listed only when one leaves. */
export const lastHolderOfZone: Risk = {
  id: "last-holder-of-zone",
  severity: "error",
  summary: "A nameserver is taken out that alone holds a zone.",
  consequence: "Once it is switched off, nobody answers for a zone that it alone holds.",
  check({ change: { leaving, staying }, held }) {
    if (!held) return [];
    const others = new Set(staying.flatMap((name) => held.zones.get(name) ?? []));
    const unreadOthers = staying.filter((name) => held.unread.has(name));
    return leaving.flatMap((name): RawFinding[] => {
      const zones = held.zones.get(name);
      if (!zones) return [notRead(name, held)];
      const alone = zones.filter((zone) => !others.has(zone));
      return alone.length > 0 ? [holdsAlone(name, alone, unreadOthers)] : [];
    });
  },
};

function notRead(name: string, { unread }: HeldZones): RawFinding {
  return {
    servers: [name],
    problem: `${name} leaves, and whether it alone holds a zone is not known: ${unread.get(name) ?? "it was not looked at"}.`,
    fix: `Make ${name} reachable over SSH, or set forget: true on it if it is gone for good.`,
  };
}

function holdsAlone(name: string, zones: readonly string[], unread: readonly string[]): RawFinding {
  const among = unread.length > 0 ? ` as far as is known, since ${listText(unread)} could not be read` : "";
  return {
    servers: [name],
    problem: `${name} leaves and alone holds ${countText(zones.length, "zone")}${among}: ${listText(zones)}.`,
    fix: `Send ${zones.length === 1 ? "it" : "them"} to another nameserver first, with dnscluster syncall on the web servers.`,
  };
}
