import {
  apiTokenList,
  claimsOfKind,
  hostMark,
  isClusteringOn,
  isDnsonly,
  listStoredTokens,
  readMembers,
  readTrustedAddresses,
  registerOf,
  type Server,
} from "../servers";
import type { ServerSurvey } from "./server-survey";

/**
 * Reads what concerns DNS clusters on one server. Writes nothing.
 *
 * @throws ServerError when it can't be reached, is not recognised, or refuses an answer
 */
export async function readServer(server: Server): Promise<ServerSurvey> {
  const recognition = await registerOf(server).recognise();
  const [isDnsonlyServer, clusteringOn, members, stored, trustedAddresses, tokens, memberClaims, lineClaims] =
    await Promise.all([
      isDnsonly(server),
      isClusteringOn(server),
      readMembers(server),
      listStoredTokens(server),
      readTrustedAddresses(server),
      apiTokenList(server.api),
      claimsOfKind(server, "member"),
      claimsOfKind(server, "line"),
    ]);
  return {
    name: server.name,
    settings: server.settings,
    product: isDnsonlyServer ? "dnsonly" : "cpanel",
    version: recognition.version,
    machine: recognition.machine,
    hostMark: hostMark(recognition),
    isClusteringOn: clusteringOn,
    members,
    resellers: stored.filter(({ user }) => user !== "root"),
    trustedAddresses,
    tokens,
    claims: [...memberClaims, ...lineClaims],
  };
}
