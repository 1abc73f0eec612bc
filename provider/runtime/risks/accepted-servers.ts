import { configuredNames } from "../engine/session";
import { isAccepted } from "../recognising/recognised";

/** Names of the servers that the user has said to accept as another machine. */
export function acceptedServers(): ReadonlySet<string> {
  return new Set(configuredNames().filter(isAccepted));
}
