import * as pulumi from "@pulumi/pulumi";
import type { Topology } from "../schema/topology";
import { providerText, typeToken } from "./dynamic";
import { sharedVerdict } from "./verdict";

const type = typeToken("TopologyGate");

/** What a gate holds. */
export interface TopologyGateArgs {
  /** The whole plain topology of a cluster. Changed in place. */
  topology: Topology;
}

/**
 * Carries the topology of a cluster through the engine. Its check runs every rule again, and every other resource of
 * the cluster waits for it. It writes nothing on any server.
 */
export class TopologyGate extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  declare readonly topology: pulumi.Output<Topology>;

  constructor(name: string, args: TopologyGateArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = {
      __provider: providerText("TopologyGate"),
      topology: args.topology,
      rejection: sharedVerdict(),
    };
    super(type, name, inputs, opts);
  }

  /** Whether an object is a TopologyGate, also one of another copy of this package. */
  static override isInstance(object: unknown): object is TopologyGate {
    return (object as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === type;
  }
}

/**
 * A provider without configuration. While connection details are not known, at a preview, the engine skips the checks
 * of the provider that has them, and the gate's check must always run.
 */
export class GateProvider extends pulumi.ProviderResource {
  constructor(name: string, opts?: pulumi.ResourceOptions) {
    super("pulumi-nodejs", name, {}, opts);
  }
}
