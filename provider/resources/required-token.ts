import type * as pulumi from "@pulumi/pulumi";
import { MalformedError } from "../schema/parse";

/** A program in plain JavaScript may leave the token out; the check in the engine could not tell that from a lost one. */
export function requiredToken(
  token: pulumi.Input<string> | undefined,
  subject: string,
): pulumi.Input<string> {
  if (token !== undefined) return token;
  throw new MalformedError(subject, ["token: must be the token of an ApiToken, or a secret"]);
}
