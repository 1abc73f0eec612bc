import * as pulumi from "@pulumi/pulumi";
import { parse } from "../schema/parse";
import { trustedRemoteIp as schema } from "../schema/trusted-remote-ip";
import { declareTrustedAddress } from "./declare";
import { providerText, typeToken } from "./dynamic";
import { behindGate } from "./link-gates";
import { providerFacts } from "./plain-servers";
import { reported } from "./reported";

const type = typeToken("TrustedRemoteIp");

/** What a trusted address is. */
export interface TrustedRemoteIpArgs {
  /** Name of the server that trusts the address. Plain. A change replaces the resource. */
  server: string;
  /** IP address of a nameserver. Plain. A change replaces the resource. */
  address: string;
}

/**
 * One line in `/etc/ips.remotedns` of a server: users there may point domains at this nameserver. Other lines and
 * comments stay as they are; a line that was there before stays when the resource is deleted.
 *
 * Source: cPanel's Guide to DNS Cluster Configurations, "Trusted IPs".
 */
export class TrustedRemoteIp extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  declare readonly server: pulumi.Output<string>;
  declare readonly address: pulumi.Output<string>;

  constructor(name: string, args: TrustedRemoteIpArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      type,
      name,
      reported(() => inputsOf(name, args, opts)),
      behindGate(opts, type),
    );
  }

  /** The trusted address of an existing stack: `id` is `<server>/<address>`. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: TrustedRemoteIpArgs,
    opts?: pulumi.CustomResourceOptions,
  ): TrustedRemoteIp {
    return new TrustedRemoteIp(name, state, { ...opts, id });
  }

  /** Whether an object is a TrustedRemoteIp, also one of another copy of this package. */
  static override isInstance(object: unknown): object is TrustedRemoteIp {
    return (object as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === type;
  }
}

function inputsOf(
  name: string,
  args: TrustedRemoteIpArgs,
  opts?: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const { server, address } = parse(schema, { ...args }, `The trusted address ${name}`);
  const rejection = declareTrustedAddress(providerFacts(opts, type), server, address);
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  return { __provider: providerText("TrustedRemoteIp"), server, address, stack, rejection };
}
