import type * as pulumi from "./sdk";
import { MalformedError } from "../schema/parse";
import { registry } from "./program/registry";

/** Refuses a missing token, which plain JavaScript allows. The check in the engine can't tell that from a lost one. */
export function requiredToken(
  token: pulumi.Input<string> | undefined,
  subject: string,
): pulumi.Input<string> {
  if (token !== undefined) return token;
  throw new MalformedError(subject, ["token: must be the token of an ApiToken, or a secret"]);
}

/** Returns true if a token comes from no `ApiToken` of this program, else undefined, which keeps the state short. */
export function isForeignToken(token: pulumi.Input<string>): true | undefined {
  return typeof token === "object" && registry().tokens.has(token) ? undefined : true;
}
