import { namesOfClaimants, type ClaimName, type FoundMember } from "../../servers";
import type { ServerSurvey, Survey, TokenUse } from "../server-survey";
import type { Circumstances } from "./found-entry";

/** Why an entry is left alone, and what can be done about it. */
export type Problem = readonly [why: string, fix: string];

/** No connection leads to the server that an entry is about. */
export const unknownServer: Problem = [
  "no connection leads to this address",
  "Add the server to the connections, with this address, and run the command again.",
];

/** Returns why an entry can't be brought into a stack; undefined for one that can. */
export function problemOf(
  holder: ServerSurvey,
  member: FoundMember,
  use: TokenUse | undefined,
  circumstances: Circumstances,
): Problem | undefined {
  const about = circumstances.nameAt(member.key);
  return (
    problemOfFiles(member) ??
    problemOfOwner(holder, { kind: "member", key: member.key }, circumstances.owner) ??
    (about === undefined ? unknownServer : problemOfPeer(about, member, circumstances.survey)) ??
    problemOfUse(member) ??
    problemOfToken(use, about ?? member.key, circumstances.now)
  );
}

function problemOfFiles({ text, fields, role, roleText }: FoundMember): Problem | undefined {
  if (text === undefined) return ["it is a role file without a member file", "Remove the role file in WHM."];
  if (fields.module !== "cPanel")
    return [
      `it belongs to another module (${fields.module ?? "the old form without a module"})`,
      "Nothing to do.",
    ];
  if (role !== undefined) return undefined;
  const shown = roleText === undefined ? "there is no role file" : "WHM can't read its role file";
  return [`WHM doesn't see it: ${shown}`, "Set its role on WHM's cluster page, or remove it there."];
}

/** Returns who else claims an entry or a line; undefined if nobody does. */
export function problemOfOwner(
  { claims }: ServerSurvey,
  { kind, key }: Pick<ClaimName, "kind" | "key">,
  owner: string | undefined,
): Problem | undefined {
  const claim = claims.find(
    (each) => each.kind === kind && each.key === key && each.content?.owner !== owner,
  );
  return claim && [`${namesOfClaimants([claim])} claims it`, "Leave it to that stack."];
}

function problemOfPeer(
  about: string,
  { key }: FoundMember,
  { servers, unreadable }: Survey,
): Problem | undefined {
  if (unreadable.has(about))
    return [
      `${about} could not be read, so its token is unknown`,
      `Mend the connection to ${about} and run the command again.`,
    ];
  const { address = key, publicAddress = address } = servers.get(about)?.settings ?? {};
  // A program knows two addresses of a server.
  if (key === address || key === publicAddress) return undefined;
  return [
    `it stores another address of ${about} than ${address}${publicAddress === address ? "" : ` and ${publicAddress}`}`,
    `Store ${about} under ${address} in WHM, and run the command again.`,
  ];
}

function problemOfUse({ fields, disabled }: FoundMember): Problem | undefined {
  if (fields.user !== undefined && fields.user !== "root")
    return [`it logs in as ${fields.user}, whose tokens are not root's`, "Give it a token of root in WHM."];
  if (disabled === undefined) return undefined;
  return [
    `WHM has disabled it (${disabled})`,
    "Enable it on WHM's cluster page when the other server answers.",
  ];
}

function problemOfToken(use: TokenUse | undefined, about: string, now: number): Problem | undefined {
  if (use === undefined) return ["it holds no token", "Give it a token in WHM, or remove it."];
  const { token } = use;
  if (token === undefined)
    return [
      `${about} doesn't know its token, so ${about} refuses every call`,
      `Give it a new token of ${about} in WHM.`,
    ];
  if (token.expiresAt === undefined || token.expiresAt > now) return undefined;
  const when = new Date(token.expiresAt * 1000).toISOString().slice(0, 10);
  return [
    `its token ${token.name} of ${about} has expired on ${when}`,
    `Give it a new token of ${about} in WHM.`,
  ];
}
