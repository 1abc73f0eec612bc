import { ServerError } from "../errors";
import type { WhmApi } from "./api";

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
