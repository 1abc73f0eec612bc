import type { Topology } from "../../schema/topology";
import type { LinkByAddress } from "../../schema/topology-gate";
import { proofChoice, zoneProofIn } from "../../schema/zone-proof";
import { textMark, withoutUnusedServers } from "../../topology";
import * as pulumi from "../sdk";
import { withoutPositions } from "../program/without-positions";
import { ClusterProof } from "./cluster-proof";
import type { ClusterParts } from "./cluster-parts";
import type { DnsClusterArgs } from "./dns-cluster-args";
import type { Synchronisation } from "./synchronisation";
import { tokenKey } from "./part-names";

/** What the proof of a cluster is made from. */
interface ProofPlan {
  readonly topology: Topology;
  readonly parts: ClusterParts;
  readonly synchronisations: Readonly<Record<string, Synchronisation>>;
  /** Whether it looks at the servers, and how. @default true */
  readonly proof: DnsClusterArgs["proof"];
  /** Whether it refuses to be deleted. @default false */
  readonly guardDestroy: boolean | undefined;
  readonly elsewhere: pulumi.Input<LinkByAddress[] | undefined>;
  readonly options: pulumi.CustomResourceOptions;
}

/** Makes the resource that comes after all others of a cluster, and goes before them. */
export function proofOfCluster(cluster: string, plan: ProofPlan): ClusterProof {
  const { topology, parts, synchronisations, guardDestroy, elsewhere, options } = plan;
  const dependsOn = [...lastParts(topology, parts), ...Object.values(synchronisations)];
  const proof = proofChoice.parse(plan.proof ?? true);
  const args = {
    topology: withoutUnusedServers(topology),
    writes: proof === false ? undefined : marksOf(parts),
    zone: zoneProofIn(proof),
    guardDestroy: guardDestroy || undefined,
    elsewhere,
  };
  return withoutPositions(() => new ClusterProof(cluster, args, pulumi.mergeOptions(options, { dependsOn })));
}

/** Lists parts that depend on all others. Naming the others too would make the state longer for nothing. */
function lastParts({ links, trusts = [] }: Topology, parts: ClusterParts): pulumi.Resource[] {
  const used = new Set([
    ...links.map(({ from, to }) => tokenKey(to, from)),
    ...trusts.map(({ server, peer }) => tokenKey(server, peer)),
  ]);
  const { members, trustedAddresses, tokens } = parts;
  const unused = Object.entries(tokens).filter(([key]) => !used.has(key));
  return [
    ...Object.values(members),
    ...Object.values(parts.trusts),
    ...Object.values(trustedAddresses),
    ...new Set(unused.map(([, token]) => token)),
  ];
}

/**
 * Returns one mark of the last writes of all parts, and of the roles in the state, which `ignoreChanges` may keep as a refresh
 * has found them. It changes with every write in any run, stays the same when the stack or a resource gets another name, and
 * is unknown in a preview that is about to write.
 */
function marksOf({ tokens, members, trustedAddresses, trusts }: ClusterParts): pulumi.Output<string> {
  const parts = new Set([
    ...Object.values(tokens),
    ...Object.values(members),
    ...Object.values(trustedAddresses),
    ...Object.values(trusts),
  ]);
  const written = pulumi.all([...parts].map((part) => part.written));
  const roles = pulumi.all(Object.values(members).map(({ role }) => role));
  return withoutSources(pulumi.all([written, roles]).apply((marks) => markOfAll(marks.flat())));
}

function markOfAll(marks: readonly (string | undefined)[]): string {
  const known = marks.map((mark) => mark ?? "");
  return textMark(known.sort().join(" "));
}

/** The inner side of an output, which the SDK doesn't declare. */
interface Settling<Value> {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<Value>;
}

/** Leaves out the resources that a value comes from: the state would list them all a second time. */
function withoutSources<Value>(output: pulumi.Output<Value>): pulumi.Output<Value> {
  const inner = output as pulumi.Output<Value> & Settling<Value>;
  const settled = inner.isKnown.then((isKnown) => (isKnown ? inner.promise() : pulumi.unknown));
  return pulumi.output(settled) as pulumi.Output<Value>;
}
