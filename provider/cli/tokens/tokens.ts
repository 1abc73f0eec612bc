import { readTokenList, type TokenList } from "../../survey";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withServers, type LookOptions } from "../look/look";
import { printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { tokenData } from "./token-data";
import { tokenTable } from "./token-table";

/** Shows the API tokens of servers, and who uses them. Writes nothing on any server. */
export async function tokens(options: LookOptions, surroundings: Surroundings): Promise<ExitCode> {
  const now = Math.floor(Date.now() / 1000);
  const list = await withServers(options, surroundings, ({ registry, pace }) =>
    readTokenList(registry, pace, now),
  );
  const { output, colours } = surroundings.streams;
  if (options.json) printJson(output, tokenData(list, now));
  else printLines(output, tokenTable(list, now, colours));
  if (list.unreadable.length > 0) return exitCodes.unreadable;
  return list.tokens.some(isDead) ? exitCodes.found : exitCodes.accepted;
}

/** A token that opens nothing any more: whoever stores it is refused, and nobody needs it. */
function isDead({ state }: TokenList["tokens"][number]): boolean {
  return state === "expired" || state === "unknown";
}
