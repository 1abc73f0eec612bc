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

/** Arguments of `TrustedRemoteIp`. A plain argument can't be an output of another resource. */
export interface TrustedRemoteIpArgs {
  /** Name of the server that trusts the address. Plain. Changing it replaces the resource. */
  server: string;
  /** IPv4 or IPv6 address of a nameserver. Plain. Changing it replaces the resource. */
  address: string;
}

/**
 * A line in `/etc/ips.remotedns` of a server: its users may point domains at this nameserver. The line is added at the
 * end of the file; other lines and comments stay as they are. Deleting the resource leaves a line that was there
 * before, or that another resource claims.
 *
 * Source: cPanel's Guide to DNS Cluster Configurations, "Trusted IPs".
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * // Lets users of web1 point their domains at this nameserver. Reads the servers from `whm:servers`.
 * new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.53" });
 * ```
 */
export class TrustedRemoteIp extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that trusts the address. */
  declare readonly server: pulumi.Output<string>;
  /** The trusted address, as written in the program. */
  declare readonly address: pulumi.Output<string>;
  /** @internal Mark of the last write. */
  declare readonly written: pulumi.Output<string | undefined>;

  /**
   * @param name Name of the resource in the stack. Must be unique among resources of this type.
   * @param args Arguments of the trusted address.
   * @param opts Options of the resource. `provider` says which servers are meant; the default is those of the stack's
   * configuration `whm:servers`.
   * @throws RunError for a malformed argument and for an option that a trusted address can't have. In unit tests with mocks
   * also for one that is declared after the verdict on the program and rejected; with an engine the plan fails instead.
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
   * @param name Name of the resource in the stack.
   * @param id Id of the trusted address.
   * @param state Arguments of the trusted address.
   * @param opts Options of the resource, as for the constructor.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: TrustedRemoteIpArgs,
    opts?: pulumi.CustomResourceOptions,
  ): TrustedRemoteIp {
    return new TrustedRemoteIp(name, state, { ...opts, id });
  }

  /** Returns true if the object is a `TrustedRemoteIp`, even when it comes from another copy of this package. */
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
