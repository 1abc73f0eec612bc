import { isServerError, listZones } from "../../servers";
import type { ComparedChange, HeldZones } from "../../topology";
import { isCanaryZone } from "../canary/canary-zone";
import { servers } from "../engine/session";
import { recognise } from "../recognising/recognised";

/** Lists the zones of all nameservers if one of them leaves; undefined if none does. */
export async function heldZones({ leaving, staying }: ComparedChange): Promise<HeldZones | undefined> {
  if (leaving.length === 0) return undefined;
  const zones = new Map<string, readonly string[]>();
  const unread = new Map<string, string>();
  await Promise.all(
    [...leaving, ...staying].map(async (name) => {
      try {
        zones.set(name, await zonesOf(name));
      } catch (error) {
        unread.set(name, reasonIn(error));
      }
    }),
  );
  return { zones, unread };
}

/** Returns what went wrong, without the way out: the finding has its own. */
function reasonIn(error: unknown): string {
  if (isServerError(error)) return `${error.said} [${error.code}]`;
  return error instanceof Error ? error.message : String(error);
}

async function zonesOf(name: string): Promise<string[]> {
  const server = servers().get(name);
  if (!server.settings.connection) throw new Error("it has no SSH connection");
  await recognise(server);
  return (await listZones(server)).filter((zone) => !isCanaryZone(zone));
}
