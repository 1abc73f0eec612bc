import { createHash } from "node:crypto";
import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";

/** WHM allows 50 characters; this package adds a dash and sixteen hex digits. */
const longestStem = 33;

type Owner = Pick<ApiTokenInputs, "logicalName" | "server">;

type NameSource = Owner &
  Pick<ApiTokenInputs, "serverAddress" | "tokenName" | "rotate"> & {
    /** Time at which the token was made in whose place this one comes, if it is renewed. */
    readonly renews?: number | undefined;
  };

/**
 * Returns the name of a token: the user's, else one made from project, stack and resource name. The same inputs always
 * give the same name, so a token whose creation was interrupted is found again. `rotate`, a renewal and a new server
 * address give another name, so that old and new token can exist side by side. `attempt` counts further when a name is in
 * use.
 */
export function tokenNameOf(inputs: NameSource, attempt = 0): string {
  if (inputs.tokenName !== undefined) return inputs.tokenName;
  const { serverAddress, rotate, renews } = inputs;
  return startOf(inputs) + digestOf([rotate, attempt, renews, serverAddress]);
}

/** Whether a name was made here for a token of this resource, now or before one of its rotations. */
export function isNamedAfter(owner: Owner, tokenName: string): boolean {
  const start = startOf(owner);
  return tokenName.startsWith(start) && /^[0-9a-f]{8}$/.test(tokenName.slice(start.length));
}

/** Whether the name of a token was made here. */
export function isAutomaticName(state: ApiTokenState): boolean {
  return isNamedAfter(state, state.tokenName);
}

/** Returns how the names of a resource's tokens begin. The digits tell it from resources of the same name in other stacks. */
function startOf({ logicalName, server }: Owner): string {
  const stem = logicalName.slice(logicalName.lastIndexOf("/") + 1).replaceAll(/[^A-Za-z0-9_-]/g, "-");
  return `${stem.slice(0, longestStem)}-${digestOf([logicalName, server])}`;
}

function digestOf(values: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 8);
}
