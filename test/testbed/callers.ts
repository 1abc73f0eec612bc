import type { Sources } from "../../provider/simulator/api-door";
import type { Identity } from "../../provider/simulator/identity";
import type { Ends } from "../../provider/simulator/network";
import { namesFor, sourceFor } from "../../provider/simulator/inside-network";
import { originOf, type Listening } from "./origin";

/** Who calls a server's API at one of its addresses: the servers of the testbed know each other, the desk is a stranger. */
export function callersAt(
  place: string,
  server: Identity,
  testbed: { readonly identities: readonly Identity[]; readonly sshd: () => Listening },
): Sources {
  const callerAt = (fromPort = 0): Identity | undefined => {
    const origin = originOf({ fromPort, to: place }, testbed.sshd());
    if (origin === undefined) return undefined;
    return testbed.identities.find(({ address, publicAddress }) => [address, publicAddress].includes(origin));
  };
  const sourceOf = ({ remotePort }: Ends): string | undefined => {
    const caller = callerAt(remotePort);
    return caller && sourceFor(caller, server);
  };
  if (server.publicAddress === undefined) return { sourceOf };
  const admits = ({ remotePort }: Ends): boolean => {
    const caller = callerAt(remotePort);
    return caller === undefined || namesFor(caller, server).includes(place);
  };
  return { sourceOf, admits };
}
