import type * as pulumi from "../sdk";
import type { JudgedKind } from "../../schema/judged";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { ClusterToken, Link, TopologyInput, Trust } from "../../schema/topology";
import type { DeclaredClusters } from "../../topology";
import type { PlainServers } from "./provider-facts";

/** Everything that a program has declared so far in one stack. */
export interface Program {
  /** One topology a `DnsCluster`. */
  clusters: TopologyInput[];
  /** The same clusters, by the servers that they share. */
  readonly connections: DeclaredClusters;
  /** What was declared link by link, by its provider; undefined stands for the default provider. */
  linkByLink: Map<pulumi.ProviderResource | undefined, LinkDeclarations>;
  /** The names of the parts of all clusters, each with the part that has it, in words. */
  partNames: Map<string, string>;
  /** The resources that carry what was judged of them. */
  parts: Part[];
  /** Transforms that the program has registered for all its resources. */
  stackTransforms: pulumi.ResourceTransform[];
  /** The first declaration that could not be understood, in a sentence. */
  error: string | undefined;
  /** The gates of links declared one by one, each by its provider. */
  gates: Map<pulumi.ProviderResource | undefined, LinkGate>;
  /** What stands for the rejection of the links, once they are rejected. */
  rejectingGate: pulumi.Resource | undefined;
  /** The one verdict on everything declared, once it is asked for. */
  verdict: Promise<string | undefined> | undefined;
  judged: boolean;
  /** Why links that were declared after the verdict are rejected, as it was last said. */
  lateRejection?: string;
}

/** A resource that carries what was judged of it. */
export interface Part {
  readonly resource: pulumi.Resource;
  readonly kind: Exclude<JudgedKind, "topology">;
  /** The text of what was judged. */
  readonly judged: string;
  /** The cluster that it belongs to, or the provider of what is declared one by one. */
  readonly owner: pulumi.Resource | undefined;
  /** Its option `ignoreChanges` after all transforms; undefined while they have not been tried. */
  ignored?: readonly string[];
}

/** What was declared link by link with one provider: names of servers are that provider's, and so are the overrides. */
export interface LinkDeclarations {
  readonly servers: PlainServers;
  readonly rules: RuleOverrides;
  readonly links: Link[];
  readonly trusts: Trust[];
  readonly trustedAddresses: Record<string, string[]>;
  /** Tokens of `ApiToken` resources that a link or trust uses. */
  readonly tokens: ClusterToken[];
  /** Links and trusts whose token the program got elsewhere: nothing is known of it. */
  readonly withForeignToken: { links: Link[]; trusts: Trust[] };
}

/** A gate of links declared one by one. */
export interface LinkGate {
  readonly gate: pulumi.Resource;
  /** Why nothing behind it may be made all the same; undefined as a rule. */
  readonly refusal: pulumi.Output<string | undefined>;
}
