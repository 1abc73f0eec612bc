import {
  apiTokenList,
  claimsOfKind,
  hostMark,
  isClusteringOn,
  isDnsonly,
  listStoredTokens,
  readMembers,
  readNameserver,
  readTrustedAddresses,
  registerOf,
  tokenOfSecret,
  type Claim,
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
  const [product, nameserver, clusteringOn, members, stored, trustedAddresses, tokens, loginToken, claims] =
    await Promise.all([
      isDnsonly(server).then((dnsonly) => (dnsonly ? "dnsonly" : "cpanel")),
      readNameserver(server),
      isClusteringOn(server),
      readMembers(server),
      listStoredTokens(server),
      readTrustedAddresses(server),
      apiTokenList(server.api),
      nameOfLoginToken(server),
      allClaims(server),
    ]);
  return {
    name: server.name,
    settings: server.settings,
    product,
    version: recognition.version,
    nameserver,
    machine: recognition.machine,
    hostMark: hostMark(recognition),
    isClusteringOn: clusteringOn,
    members,
    resellers: stored.filter(({ user }) => user !== "root"),
    trustedAddresses,
    tokens,
    loginToken,
    claims,
  };
}

async function nameOfLoginToken(server: Server): Promise<string | undefined> {
  const secret = await server.loginToken();
  return secret && (await tokenOfSecret(server, secret.reveal()))?.name;
}

async function allClaims(server: Server): Promise<Claim[]> {
  const kinds = await Promise.all([claimsOfKind(server, "member"), claimsOfKind(server, "line")]);
  return kinds.flat();
}
