import * as pulumi from "../sdk";
import type { Topology } from "../../schema/topology";
import { judgedInput, judgedText } from "../../schema/judged";
import type { KeptLink, LinkByAddress } from "../../schema/topology-gate";
import { isSameTopology, topologyMark } from "../../topology";
import { hasType, providerText, typeToken } from "../dynamic";
import { logicalNameOf } from "../program/logical-name";

const type = typeToken("TopologyGate");

/** What a gate holds. */
export interface TopologyGateArgs {
  /** The whole plain topology of a cluster, or of everything declared link by link. Changed in place. */
  topology: Topology;
  /** Servers that were declared with the cluster and that nothing in it uses. @default none */
  unlinked?: Topology["servers"];
  /** Whether its links were declared one by one: each connected part is judged as a cluster. @default one cluster */
  linkByLink?: true | undefined;
  /** Links from its servers that the program declares elsewhere. @default none */
  elsewhere?: pulumi.Input<LinkByAddress[] | undefined>;
  /** Links that `ignoreChanges` may keep as the state has them, whatever the topology says. @default none */
  kept?: pulumi.Input<KeptLink[] | undefined>;
  /** Why the rules reject what the program declares; undefined when it is accepted. @default undefined */
  rejection?: pulumi.Input<string | undefined>;
}

/**
 * Carries a topology through the engine. Its check runs every rule again, its create and update look at the links that
 * the servers hold already, and every other resource waits for it. It writes nothing on any server.
 */
export class TopologyGate extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** The topology that the gate has judged. */
  declare readonly topology: pulumi.Output<Topology>;

  /**
   * The package makes gates; a program has no need to.
   *
   * @param name name of the resource in the stack
   * @param args what the gate holds
   * @param opts `provider` tells which servers it looks at
   */
  constructor(name: string, args: TopologyGateArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      type,
      name,
      {
        __provider: providerText("TopologyGate"),
        logicalName: logicalNameOf(name),
        ...args,
        [judgedInput]: judgedText("topology", { topology: topologyMark(args) }),
      },
      opts,
    );
  }

  /** Whether an object is a TopologyGate, also one of another copy of this package. */
  static override isInstance(object: unknown): object is TopologyGate {
    return hasType(object, type);
  }
}

/**
 * Why nothing of a topology may be made: `--target` or `--exclude` has left its gate out, which stands for another one.
 * Undefined when the gate has judged this very topology.
 */
export function refusalOf(gate: TopologyGate, topology: Topology): pulumi.Output<string | undefined> {
  return pulumi.all([gate.topology, gate.urn]).apply(([judged, urn]: [Topology | undefined, string]) => {
    if (judged === undefined || isSameTopology(judged, topology)) return undefined;
    return `The topology has changed but its gate is left out of this run, so nothing of it is made. Target the gate too: --target ${urn}`;
  });
}
