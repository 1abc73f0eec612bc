import { someAtOnce, type AskSoa, type SoaAnswer } from "../../servers";
import type { ClusterStatus, StatusServer } from "./cluster-status";

type Asked = Omit<StatusServer, "answers">;

/** Queries that wait for one nameserver at the same time. Many at once look like an attack. */
const mostAtOnce = 10;

/**
 * Asks a nameserver over DNS for the chosen zones that it holds. One that is silent is asked once: the other zones would
 * only wait as long each.
 */
export async function askNameserver(server: Asked, ask: AskSoa): Promise<Map<string, SoaAnswer>> {
  const { publicAddress, address = "" } = server.settings;
  const at = publicAddress ?? address;
  const [first, ...others] = server.copies.keys();
  const isAsked = server.isNameserver && server.nameserver !== "disabled" && at !== "";
  if (!isAsked || first === undefined) return new Map();
  const answer = await ask(first, at);
  if (isSilent(answer)) return new Map([first, ...others].map((zone) => [zone, answer]));
  const more = await someAtOnce(others, mostAtOnce, async (zone) => [zone, await ask(zone, at)] as const);
  return new Map([[first, answer], ...more]);
}

export function isSilent(answer: SoaAnswer): boolean {
  return "isSilent" in answer && answer.isSilent;
}

/** Lists the nameservers that were asked, if all are silent: then this machine may not reach them over DNS. */
export function unheardNameservers({ servers }: ClusterStatus): readonly string[] {
  const asked = [...servers.values()].filter(({ answers }) => answers.size > 0);
  const isHeard = asked.some(({ answers }) => [...answers.values()].some((answer) => !isSilent(answer)));
  return isHeard ? [] : asked.map(({ name }) => name);
}
