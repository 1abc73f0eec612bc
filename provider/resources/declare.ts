import * as pulumi from "@pulumi/pulumi";
import type { ClusterToken, Link, Trust } from "../schema/topology";
import { isPartOfCluster } from "./composition";
import { declared, type Declared } from "./declared";
import type { ProviderFacts } from "./plain-servers";
import { registry } from "./registry";
import { sharedVerdict } from "./verdict";

/** Remembers which `ApiToken` an output of secrets comes from, to judge the links that use it. */
export function rememberToken(output: object, token: ClusterToken): void {
  registry().tokens.set(output, token);
}

/** Adds a link to what the program declares; the result is the input `rejection` of its resource. */
export function declareLink(facts: ProviderFacts, link: Link, token: pulumi.Input<string>): Rejection {
  return declareEntry(facts, token, link.from, (everything, foreign) => {
    everything.links.push(link);
    if (foreign) everything.withForeignToken.links.push(link);
  });
}

/** Adds a trust to what the program declares. */
export function declareTrust(facts: ProviderFacts, trust: Trust, token: pulumi.Input<string>): Rejection {
  return declareEntry(facts, token, trust.peer, (everything, foreign) => {
    everything.trusts.push(trust);
    if (foreign) everything.withForeignToken.trusts.push(trust);
  });
}

/** Has a token wait for the verdict: no token is made for links that are rejected. */
export function declareToken(): Rejection {
  return isPartOfCluster() ? undefined : sharedVerdict();
}

/** Adds a trusted address to what the program declares. */
export function declareTrustedAddress(facts: ProviderFacts, server: string, address: string): Rejection {
  if (isPartOfCluster()) return undefined;
  const { trustedAddresses } = takeOver(facts);
  (trustedAddresses[server] ??= []).push(address);
  return sharedVerdict();
}

/** The text of the rejection, absent when the declaration is accepted. */
export type Rejection = Promise<string | undefined> | undefined;

function declareEntry(
  facts: ProviderFacts,
  token: pulumi.Input<string>,
  user: string,
  add: (everything: Declared, foreign: boolean) => void,
): Rejection {
  if (isPartOfCluster()) return undefined;
  const everything = takeOver(facts);
  everything.linkProviders.add(facts.provider);
  const known = typeof token === "object" ? registry().tokens.get(token) : undefined;
  if (known) everything.tokens.push({ ...known, users: [user] });
  add(everything, known === undefined && token !== undefined);
  return sharedVerdict();
}

function takeOver(facts: ProviderFacts): Declared {
  const everything = declared();
  Object.assign(everything.servers, facts.servers);
  Object.assign(everything.rules, facts.rules);
  return everything;
}
