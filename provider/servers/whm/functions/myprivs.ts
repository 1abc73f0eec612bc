import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { flag } from "../wire";
import { ServerError } from "../../errors";

const privileges = z.record(z.string(), flag);
const wire = z.object({ privileges: z.union([z.array(privileges), privileges.transform((map) => [map])]) });

/**
 * Lists the privileges of the credential, sorted; `all` means root.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `myprivs`, api.docs.cpanel.net).
 */
export async function myprivs(api: WhmApi): Promise<string[]> {
  const reply = await ask(api, {
    phrase: "read the credential's privileges",
    functionName: "myprivs",
    reply: wire,
  });
  const held = reply.privileges.flatMap((map) => Object.keys(map).filter((name) => map[name]));
  return [...new Set(held)].sort();
}

/** Refuses an empty list of privileges: WHM would give the token every privilege of its user. */
export function requirePrivileges(api: WhmApi, phrase: string, acls: readonly string[]): void {
  if (acls.length > 0) return;
  throw new ServerError({
    code: "invalid-value",
    server: api.server,
    phrase,
    said: "the list of privileges is empty, which WHM takes for every privilege",
    wayOut: "Name the privileges, such as clustering; write all if every privilege is meant.",
  });
}
