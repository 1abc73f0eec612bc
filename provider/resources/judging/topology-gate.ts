import * as pulumi from "../sdk";
import type { Topology } from "../../schema/topology";
import type { Allowance, RiskSettings } from "../../schema/risks";
import { judgedInput, judgedText } from "../../schema/judged";
import type { KeptLink, LinkByAddress } from "../../schema/topology-gate";
import { isSameTopology, topologyMark } from "../../topology";
import { hasType, providerText, typeToken } from "../dynamic";
import { logicalNameOf } from "../program/logical-name";

const type = typeToken("TopologyGate");

/** Arguments of `TopologyGate`. */
export interface TopologyGateArgs {
  /** Whole plain topology of a cluster, or of everything declared link by link. Changed in place. */
  topology: Topology;
  /** Servers that are declared with the cluster and used by nothing in it. @default none */
  unlinked?: Topology["servers"];
  /** Whether the links were declared one by one; each connected part is then judged as a cluster. @default one cluster */
  linkByLink?: true | undefined;
  /** Links from its servers that the program declares elsewhere. @default none */
  elsewhere?: pulumi.Input<LinkByAddress[] | undefined>;
  /** Links that `ignoreChanges` may keep as they are in the state, whatever the topology says. @default none */
  kept?: pulumi.Input<KeptLink[] | undefined>;
  /** Limits and severities of the risks of a change. @default the table's */
  risks?: RiskSettings | undefined;
  /** Risks that a change may take, each with a reason. @default none */
  allow?: readonly Allowance[] | undefined;
  /** Why the rules reject the program; undefined when they accept it. @default undefined */
  rejection?: pulumi.Input<string | undefined>;
}

/**
 * Carries a topology through the engine. Its check runs every rule again, and its create and update look at the links
 * that the servers hold already. Every other resource waits for it. It writes nothing on any server.
 */
export class TopologyGate extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Topology that the gate has judged. */
  declare readonly topology: pulumi.Output<Topology>;

  /**
   * Used by this package; programs need not make gates.
   *
   * @param name Name of the resource in the stack.
   * @param args Arguments of the gate.
   * @param opts Options of the resource. `provider` says which servers the gate looks at.
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

  /** Returns true if the object is a `TopologyGate`, even when it comes from another copy of this package. */
  static override isInstance(object: unknown): object is TopologyGate {
    return hasType(object, type);
  }
}

/**
 * Returns why nothing of a topology may be made: `--target` or `--exclude` has left out its gate, which still holds
 * another topology. Undefined when the gate has judged this very topology.
 */
export function refusalOf(gate: TopologyGate, topology: Topology): pulumi.Output<string | undefined> {
  return pulumi.all([gate.topology, gate.urn]).apply(([judged, urn]: [Topology | undefined, string]) => {
    if (judged === undefined || isSameTopology(judged, topology)) return undefined;
    return `The topology has changed but its gate is left out of this run, so nothing of it is made. Take the gate out of --exclude, or target it too: --target ${urn}`;
  });
}
