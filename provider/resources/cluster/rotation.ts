import * as pulumi from "../sdk";
import { rotation as schema } from "../../schema/dns-cluster";
import { MalformedError, parse } from "../../schema/parse";
import type { Topology } from "../../schema/topology";
import { listText } from "../../topology";
import { isLater, rotateText, type RotateValue } from "../rotate-text";
import type { ClusterRotationArgs, ClusterTokensArgs } from "./dns-cluster-args";
import { tokenKey, usedTokens, type UsedToken } from "./part-names";

type Rotate = ClusterTokensArgs["rotate"];

/**
 * Returns the value that rotates one token of a cluster. A token that nothing narrows down gets the value of the fleet as
 * it is, so that it stays when a program goes over to the longer form.
 */
export function rotationOf(rotate: Rotate, token: UsedToken): RotateValue | undefined {
  if (!isNarrowed(rotate)) return rotate;
  const { fleet, servers = {}, tokens = {} } = rotate;
  const narrower = [
    ["server", servers[token.server]] as const,
    ...keysOf(token).map((key) => [key, tokens[key]] as const),
  ].filter(([, value]) => value !== undefined);
  if (narrower.length === 0) return fleet;
  const all = [["fleet", fleet] as const, ...narrower];
  const texts = all.map(([key, value]) => [key, rotateText(value, "A value of tokens.rotate")] as const);
  return pulumi.all(Object.fromEntries(texts)).apply((known) => JSON.stringify(known));
}

/**
 * Refuses to rotate what the cluster doesn't have: a typing error would rotate nothing, without a word.
 *
 * @throws MalformedError with the names that there are
 */
export function refuseUnknownRotation(cluster: string, rotate: Rotate, topology: Topology): void {
  if (!isNarrowed(rotate)) return;
  const subject = `tokens.rotate of the cluster ${cluster}`;
  parse(schema, rotate, subject);
  const tokens = usedTokens(topology);
  const problems = [
    ...unknown("servers", rotate.servers, [...new Set(tokens.map(({ server }) => server))]),
    ...unknown("tokens", rotate.tokens, tokens.flatMap(keysOf)),
  ];
  if (problems.length > 0) throw new MalformedError(subject, problems);
}

function unknown(
  field: "servers" | "tokens",
  given: Record<string, unknown> = {},
  known: readonly string[],
): string[] {
  const words = field === "servers" ? "no server with a token here" : "no token of this cluster";
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${field}.${name}: is ${words}; there ${haveText(known)}`);
}

function haveText(known: readonly string[]): string {
  if (known.length === 0) return "is none";
  return `${known.length === 1 ? "is" : "are"} ${listText(known)}`;
}

function keysOf({ server, users }: UsedToken): string[] {
  return users.map((user) => tokenKey(server, user));
}

function isNarrowed(rotate: Rotate): rotate is ClusterRotationArgs {
  return typeof rotate === "object" && !isLater(rotate);
}
