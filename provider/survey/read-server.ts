import {
  allClaims,
  apiTokenList,
  hostMark,
  isClusteringOn,
  isDnsonly,
  listResellerTokens,
  readMembers,
  readNameserver,
  readPublicAddress,
  readTrustedAddresses,
  registerOf,
  type Server,
} from "../servers";
import { compareAsRead } from "../topology";
import type { ServerSurvey } from "./server-survey";

/**
 * Reads what concerns DNS clusters on one server. Writes nothing.
 *
 * @throws ServerError when it can't be reached, is not recognised, or refuses an answer
 */
export async function readServer(server: Server): Promise<ServerSurvey> {
  const recognition = await registerOf(server).recognise();
  const { address } = recognition.machine;
  const [
    product,
    nameserver,
    publicAddress,
    clusteringOn,
    members,
    resellers,
    trustedAddresses,
    tokens,
    claims,
  ] = await Promise.all([
    isDnsonly(server).then((dnsonly) => (dnsonly ? "dnsonly" : "cpanel")),
    readNameserver(server),
    address === undefined ? undefined : readPublicAddress(server, address),
    isClusteringOn(server),
    readMembers(server),
    listResellerTokens(server),
    readTrustedAddresses(server),
    apiTokenList(server.api),
    allClaims(server),
  ]);
  return {
    name: server.name,
    settings: server.settings,
    product,
    version: recognition.version,
    nameserver,
    machine: recognition.machine,
    publicAddress,
    hostMark: hostMark(recognition),
    isClusteringOn: clusteringOn,
    members: members.sort((one, other) => compareAsRead(one.key, other.key)),
    resellers,
    trustedAddresses,
    tokens,
    claims,
  };
}
