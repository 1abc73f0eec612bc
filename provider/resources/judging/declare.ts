import * as pulumi from "../sdk";
import type { ClusterToken, Link, Trust } from "../../schema/topology";
import { currentCluster } from "../program/current-cluster";
import { program } from "../program/program";
import type { LinkDeclarations } from "../program/declarations";
import type { ProviderFacts } from "../program/provider-facts";
import { registry } from "../program/registry";
import { rejectionOfLinks } from "./link-gates";

// Second on the way of a link: adds it, and the token that it uses, to what the program declares.

/** Remembers which `ApiToken` a secret output comes from, to judge the links that use it. */
export function rememberToken(output: object, token: ClusterToken): void {
  registry().tokens.set(output, token);
}

/** Adds a link to what the program declares. Returns the input `rejection` of its resource. */
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

/** Makes a token wait for the verdict: no token is made for rejected links. */
export function declareToken(provider: pulumi.ProviderResource | undefined): Rejection {
  return currentCluster()?.refusal ?? rejectionOfLinks(provider);
}

/** Adds a trusted address to what the program declares. */
export function declareTrustedAddress(facts: ProviderFacts, server: string, address: string): Rejection {
  const cluster = currentCluster();
  if (cluster) return cluster.refusal;
  const { trustedAddresses } = declarationsOf(facts);
  (trustedAddresses[server] ??= []).push(address);
  return rejectionOfLinks(facts.provider);
}

/** Text of the rejection; undefined when the declaration is accepted. */
export type Rejection = pulumi.Output<string | undefined>;

function declareEntry(
  facts: ProviderFacts,
  token: pulumi.Input<string>,
  user: string,
  add: (declarations: LinkDeclarations, foreign: boolean) => void,
): Rejection {
  const cluster = currentCluster();
  if (cluster) return cluster.refusal;
  const declarations = declarationsOf(facts);
  const known = typeof token === "object" ? registry().tokens.get(token) : undefined;
  if (known) declarations.tokens.push({ ...known, users: [user] });
  add(declarations, known === undefined && token !== undefined);
  return rejectionOfLinks(facts.provider);
}

function declarationsOf({ provider, servers, rules, choices = {} }: ProviderFacts): LinkDeclarations {
  const { linkByLink } = program();
  const found = linkByLink.get(provider) ?? {
    servers,
    rules: rules ?? {},
    choices,
    links: [],
    trusts: [],
    trustedAddresses: {},
    tokens: [],
    withForeignToken: { links: [], trusts: [] },
  };
  linkByLink.set(provider, found);
  return found;
}
