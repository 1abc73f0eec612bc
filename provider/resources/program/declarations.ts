import type * as pulumi from "../sdk";
import type { JudgedKind } from "../../schema/judged";
import type { RiskChoices } from "../../schema/risks";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { ClusterToken, Link, TopologyInput, Trust } from "../../schema/topology";
import type { DeclaredClusters } from "../../topology";
import type { PlainServers } from "./provider-facts";

/** Everything that a program has declared so far in one stack. */
export interface Program {
  /** One topology for each `DnsCluster`. */
  clusters: TopologyInput[];
  /** The same clusters, by the servers that they share. */
  readonly connections: DeclaredClusters;
  /** Declarations made link by link, by provider; undefined is the default provider. */
  linkByLink: Map<pulumi.ProviderResource | undefined, LinkDeclarations>;
  /** Names of the parts of all clusters, each with a description of its part. */
  partNames: Map<string, string>;
  /** Resources that carry their judged values. */
  parts: Part[];
  /** Transforms that the program has registered for all its resources. */
  stackTransforms: pulumi.ResourceTransform[];
  /** First declaration that could not be understood, as a sentence. */
  error: string | undefined;
  /** Gates of links declared one by one, by provider. */
  gates: Map<pulumi.ProviderResource | undefined, LinkGate>;
  /** Gate that rejects the links, once they are rejected. */
  rejectingGate: pulumi.Resource | undefined;
  /** The one verdict on everything declared, once it is requested. */
  verdict: Promise<string | undefined> | undefined;
  judged: boolean;
  /** Why links declared after the verdict are rejected, as last shown. */
  lateRejection?: string;
}

/** A resource that carries its judged values. */
export interface Part {
  readonly resource: pulumi.Resource;
  readonly kind: Exclude<JudgedKind, "topology">;
  /** Text of the judged values. */
  readonly judged: string;
  /** Cluster that it belongs to, or provider of what is declared one by one. */
  readonly owner: pulumi.Resource | undefined;
  /** Its option `ignoreChanges` after all transforms; undefined until they have been tried. */
  ignored?: readonly string[];
}

/** Declarations made link by link with one provider. Server names and overrides are those of that provider. */
export interface LinkDeclarations {
  readonly servers: PlainServers;
  readonly rules: RuleOverrides;
  /** How the risks of a change are judged. */
  readonly choices: RiskChoices;
  readonly links: Link[];
  readonly trusts: Trust[];
  readonly trustedAddresses: Record<string, string[]>;
  /** Tokens of `ApiToken` resources that a link or trust uses. */
  readonly tokens: ClusterToken[];
  /** Links and trusts whose token the program got elsewhere, so that nothing is known of it. */
  readonly withForeignToken: { links: Link[]; trusts: Trust[] };
}

/** A gate of links declared one by one. */
export interface LinkGate {
  readonly gate: pulumi.Resource;
  /** Why nothing behind the gate may be made after all; normally undefined. */
  readonly refusal: pulumi.Output<string | undefined>;
}
