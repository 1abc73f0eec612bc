import { ServerError, type Member } from "../servers";

/** An entry that stands where a resource wants to write its own. */
export interface ForeignEntry {
  found: Member;
  /** Server that holds it. */
  server: string;
  address: string;
  /** What was tried, as it follows "Failed to". */
  phrase: string;
  /** What `adopt: true` would do with it. */
  adoption: string;
}

/** The refusal to touch an entry that somebody else has made. */
export function takingOver({ found, server, address, phrase, adoption }: ForeignEntry): ServerError {
  return new ServerError({
    code: "exists-already",
    server,
    phrase,
    said: `there is an entry for ${address} already, ${describe(found)}, and it differs`,
    wayOut: `Set adopt: true to ${adoption}, or remove it in WHM first.`,
  });
}

function describe({ text, role }: Member): string {
  if (text === undefined) return "a role file without a member file";
  return role === undefined ? "without a role that WHM can read" : `with role ${role}`;
}
