import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { trustedRemoteIp as schema } from "../schema/trusted-remote-ip";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { declareTrustedAddress } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { providerFacts } from "./program/plain-servers";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";

const type = typeToken("TrustedRemoteIp");

/** What a trusted address is. */
export interface TrustedRemoteIpArgs {
  /** Name of the server that trusts the address. Plain. A change replaces the resource. */
  server: string;
  /** IPv4 or IPv6 address of a nameserver. Plain. A change replaces the resource. */
  address: string;
}

/**
 * One line in `/etc/ips.remotedns` of a server: users there may point domains at this nameserver. It is added at the
 * file's end. Other lines and comments stay as they are; a line that was there before, or that another resource claims,
 * stays when the resource is deleted.
 *
 * Source: cPanel's Guide to DNS Cluster Configurations, "Trusted IPs".
 */
export class TrustedRemoteIp extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that trusts the address. */
  declare readonly server: pulumi.Output<string>;
  /** The trusted address, as it was written. */
  declare readonly address: pulumi.Output<string>;

  /**
   * @param name name of the resource in the stack; it has to be the only one of its type
   * @param args which server trusts which address
   * @param opts `provider` tells which servers are meant; without one those of the stack's configuration `whm:servers`
   * @throws RunError for a malformed argument
   */
  constructor(name: string, args: TrustedRemoteIpArgs, opts?: pulumi.CustomResourceOptions) {
    refuseOptions("address", name, opts);
    const inputs = withJudged(
      "address",
      asProgramErrors(() => inputsOf(name, args, opts)),
      opts,
    );
    super(type, name, inputs, behindGate(opts, type));
    rememberPart(this, "address", { inputs, opts, type });
  }

  /**
   * Reads a trusted address that this package has written, by its id `<server>/<address>`.
   *
   * @param name name of the resource in the stack
   * @param id its id
   * @param state its arguments; what is not in the id comes from them
   * @param opts as for the constructor
   */
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
    return hasType(object, type);
  }
}

function inputsOf(
  name: string,
  args: TrustedRemoteIpArgs,
  opts?: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const logicalName = logicalNameOf(name);
  const { server, address } = parse(schema, { ...args, logicalName }, `The trusted address ${name}`);
  const rejection = declareTrustedAddress(providerFacts(opts, type), server, address);
  return {
    __provider: providerText("TrustedRemoteIp"),
    logicalName,
    server,
    address,
    rejection,
  };
}
