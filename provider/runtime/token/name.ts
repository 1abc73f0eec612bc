import { createHash } from "node:crypto";
import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";

/** WHM allows 50 characters; this package adds a dash and eight hex digits. */
const longestStem = 41;

type NameSource = Pick<ApiTokenInputs, "logicalName" | "server" | "serverAddress" | "tokenName" | "rotate">;

/**
 * Returns the name of a token: the user's, else one made from project, stack and resource name. The same inputs always
 * give the same name, so a token whose creation was interrupted is found again. `rotate` and a new server address give
 * another name, so that old and new token can exist side by side. `attempt` counts further when a name is in use.
 */
export function tokenNameOf(inputs: NameSource, attempt = 0): string {
  if (inputs.tokenName !== undefined) return inputs.tokenName;
  const { logicalName, server, serverAddress, rotate } = inputs;
  const stem = logicalName.slice(logicalName.lastIndexOf("/") + 1).replaceAll(/[^A-Za-z0-9_-]/g, "-");
  const known = serverAddress === undefined ? [] : [serverAddress];
  const digest = createHash("sha256").update(
    JSON.stringify([logicalName, server, rotate, attempt, ...known]),
  );
  return `${stem.slice(0, longestStem)}-${digest.digest("hex").slice(0, 8)}`;
}

/** Whether the name of a token was made here. It then begins like every name for this resource. */
export function isAutomaticName({ tokenName, ...made }: ApiTokenState): boolean {
  const stem = tokenNameOf({ logicalName: made.logicalName, server: made.server }).slice(0, -8);
  return tokenName.startsWith(stem) && /^[0-9a-f]{8}$/.test(tokenName.slice(stem.length));
}
