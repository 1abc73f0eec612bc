import type { ApiTokenArgs } from "../api-token";
import type { ClusterTokensArgs } from "./dns-cluster-args";
import type { UsedToken } from "./part-names";
import { rotationOf } from "./rotation";

/** Returns the arguments of a cluster's token: its own, else those for all tokens of the cluster. */
export function tokenArgs(settings: ClusterTokensArgs, token: UsedToken): ApiTokenArgs {
  const { server, users, acls, whitelistIps, expiresAt = settings.expiresAt } = token;
  const rotate = rotationOf(settings.rotate, token);
  const { renewBefore, keepOldFor } = settings;
  const renewal = renewBefore !== undefined && { renewBefore };
  return {
    server,
    users: [...users],
    ...(acls && { acls }),
    ...(whitelistIps && { whitelistIps }),
    ...(expiresAt !== undefined && { expiresAt, ...renewal }),
    ...(keepOldFor !== undefined && { keepOldFor }),
    ...(rotate !== undefined && { rotate }),
  };
}
