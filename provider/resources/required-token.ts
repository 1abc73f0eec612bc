import type * as pulumi from "./sdk";
import { MalformedError } from "../schema/parse";
import { registry } from "./program/registry";

/** A program in plain JavaScript may leave the token out; the check in the engine could not tell that from a lost one. */
export function requiredToken(
  token: pulumi.Input<string> | undefined,
  subject: string,
): pulumi.Input<string> {
  if (token !== undefined) return token;
  throw new MalformedError(subject, ["token: must be the token of an ApiToken, or a secret"]);
}

/** Whether a token is none of an `ApiToken` of this program; absent when it is one, to keep the state short. */
export function isForeignToken(token: pulumi.Input<string>): true | undefined {
  return typeof token === "object" && registry().tokens.has(token) ? undefined : true;
}
