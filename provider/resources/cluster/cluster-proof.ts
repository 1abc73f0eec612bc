import * as pulumi from "../sdk";
import { provenInput } from "../../schema/cluster-proof";
import type { Topology } from "../../schema/topology";
import type { LinkByAddress } from "../../schema/topology-gate";
import type { ZoneProof } from "../../schema/zone-proof";
import { hasType, providerText, typeToken } from "../dynamic";
import { logicalNameOf } from "../program/logical-name";

const type = typeToken("ClusterProof");

/** Arguments of `ClusterProof`. */
export interface ClusterProofArgs {
  /** Topology of the cluster. Changed in place. */
  topology: Topology;
  /** Mark of all writes to the parts of the cluster so far. Another one means a new look. @default no look at all */
  writes?: pulumi.Input<string> | undefined;
  /** How it is proven by canary zones. Changed in place. @default it is not */
  zone?: ZoneProof | undefined;
  /** Whether the deletion of the cluster is refused. Changed in place. @default false */
  guardDestroy?: true | undefined;
  /** Links from its servers that the program declares elsewhere. @default none */
  elsewhere?: pulumi.Input<LinkByAddress[] | undefined>;
}

/**
 * Looks at a cluster again after the last write of a run: every link makes a call with the token that its server stores,
 * and the links that all servers hold are judged once more. Depends on every other part, so it is made last and deleted
 * first. It writes nothing on any server but canary zones, which it removes, if the cluster is proven by them.
 *
 * Its deletion says what is taken down, or refuses that.
 */
export class ClusterProof extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /**
   * Used by `DnsCluster`; programs need not make proofs.
   *
   * @param name Name of the resource in the stack.
   * @param args Arguments of the proof.
   * @param opts Options of the resource. `provider` says which servers it looks at.
   */
  constructor(name: string, { topology, ...args }: ClusterProofArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      type,
      name,
      {
        __provider: providerText("ClusterProof"),
        logicalName: logicalNameOf(name),
        ...args,
        [provenInput]: topology,
      },
      opts,
    );
  }

  /** Returns true if the object is a `ClusterProof`, even when it comes from another copy of this package. */
  static override isInstance(object: unknown): object is ClusterProof {
    return hasType(object, type);
  }
}
