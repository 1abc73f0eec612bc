import * as pulumi from "@pulumi/pulumi";
import type { ClusterToken, Link, Trust } from "../schema/topology";
import { isPartOfCluster } from "./composition";
import { declared, type LinkDeclarations } from "./declared";
import type { ProviderFacts } from "./plain-servers";
import { registry } from "./registry";
import { sharedVerdict } from "./verdict";

/** Remembers which `ApiToken` an output of secrets comes from, to judge the links that use it. */
export function rememberToken(output: object, token: ClusterToken): void {
  registry().tokens.set(output, token);
}

/** Adds a link to what the program declares; the result is the input `rejection` of its resource. */
export function declareLink(facts: ProviderFacts, link: Link, token: pulumi.Input<string>): Rejection {
  return declareEntry(facts, token, link.from, (declarations, foreign) => {
    declarations.links.push(link);
    if (foreign) declarations.withForeignToken.links.push(link);
  });
}

/** Adds a trust to what the program declares. */
export function declareTrust(facts: ProviderFacts, trust: Trust, token: pulumi.Input<string>): Rejection {
  return declareEntry(facts, token, trust.peer, (declarations, foreign) => {
    declarations.trusts.push(trust);
    if (foreign) declarations.withForeignToken.trusts.push(trust);
  });
}

/** Has a token wait for the verdict: no token is made for links that are rejected. */
export function declareToken(): Rejection {
  return isPartOfCluster() ? undefined : sharedVerdict();
}

/** Adds a trusted address to what the program declares. */
export function declareTrustedAddress(facts: ProviderFacts, server: string, address: string): Rejection {
  if (isPartOfCluster()) return undefined;
  const { trustedAddresses } = declarationsOf(facts);
  (trustedAddresses[server] ??= []).push(address);
  return sharedVerdict();
}

/** The text of the rejection, absent when the declaration is accepted. */
export type Rejection = Promise<string | undefined> | undefined;

function declareEntry(
  facts: ProviderFacts,
  token: pulumi.Input<string>,
  user: string,
  add: (declarations: LinkDeclarations, foreign: boolean) => void,
): Rejection {
  if (isPartOfCluster()) return undefined;
  const declarations = declarationsOf(facts);
  const known = typeof token === "object" ? registry().tokens.get(token) : undefined;
  if (known) declarations.tokens.push({ ...known, users: [user] });
  add(declarations, known === undefined && token !== undefined);
  return sharedVerdict();
}

function declarationsOf({ provider, servers, rules }: ProviderFacts): LinkDeclarations {
  const { linkByLink } = declared();
  const found = linkByLink.get(provider) ?? {
    servers,
    rules: rules ?? {},
    links: [],
    trusts: [],
    trustedAddresses: {},
    tokens: [],
    withForeignToken: { links: [], trusts: [] },
  };
  linkByLink.set(provider, found);
  return found;
}
