import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { reverseTrustArgs as schema } from "../schema/single-resources";
import type { Via } from "../schema/topology";
import { addressVia, providerFacts } from "./program/plain-servers";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { declareTrust } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";
import { isForeignToken, requiredToken } from "./required-token";

const type = typeToken("ReverseTrust");

/** Arguments of `ReverseTrust`. A plain argument can't be an output of another resource. */
export interface ReverseTrustArgs {
  /** Name of the trusted server, which the token opens. Plain. Changing it replaces the trust. */
  server: string;
  /** Name of the server that trusts `server`; the entry is written there. Plain. Changing it replaces the trust. */
  peer: string;
  /** API token of `server`: the output `token` of an `ApiToken`. Secret. Changed in place. */
  token: pulumi.Input<string>;
  /**
   * Which address of `server` is stored; behind NAT, its public one. Changing the address replaces the trust.
   * @default "address"
   */
  via?: Via;
  /** WHM user on `server` who owns the token. Changed in place. @default "root" */
  user?: pulumi.Input<string>;
  /**
   * Replace an entry that exists already and differs; it comes back on delete. Changing it has no effect on an existing
   * trust.
   * @default false
   */
  adopt?: pulumi.Input<boolean>;
}

/**
 * A standalone entry on `peer` for `server`, with a token of `server`: the mirror image of a link. A `sync` link
 * between two servers needs it when neither runs DNSOnly. It is made when the peer confirms that it trusts the server
 * and a call from the peer with the token succeeds.
 *
 * Source: cPanel's Guide to DNS Cluster Configurations, "Reverse trust"; WHM API 1 `cluster_member_has_trust_with`.
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * // Links web1 to ns2. Neither runs DNSOnly, so ns2 has to trust web1. Reads the servers from `whm:servers`.
 * const ofNs2 = new whm.ApiToken("ns2-for-web1", { server: "ns2", users: ["web1"], whitelistIps: ["192.0.2.10"] });
 * const ofWeb1 = new whm.ApiToken("web1-for-ns2", { server: "web1", users: ["ns2"], whitelistIps: ["192.0.2.54"] });
 *
 * new whm.DnsClusterMember("web1-ns2", { server: "web1", peer: "ns2", role: "sync", token: ofNs2.token });
 * new whm.TrustedRemoteIp("web1-ns2", { server: "web1", address: "192.0.2.54" });
 * new whm.ReverseTrust("ns2-trusts-web1", { server: "web1", peer: "ns2", token: ofWeb1.token });
 * ```
 */
export class ReverseTrust extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the trusted server. */
  declare readonly server: pulumi.Output<string>;
  /** Name of the server that trusts `server`. */
  declare readonly peer: pulumi.Output<string>;
  /** API token of `server`. A secret output. */
  declare readonly token: pulumi.Output<string>;
  /** IPv4 address under which `peer` stores the entry. */
  declare readonly serverAddress: pulumi.Output<string>;
  /** @internal Mark of the last write. */
  declare readonly written: pulumi.Output<string | undefined>;

  /**
   * @param name Name of the resource in the stack. Must be unique among resources of this type.
   * @param args Arguments of the trust.
   * @param opts Options of the resource. `provider` says which servers are meant; the default is those of the stack's
   * configuration `whm:servers`.
   * @throws RunError for a malformed argument and for an option that a trust can't have. In unit tests with mocks also
   * for a trust that is declared after the verdict on the program and rejected; with an engine the plan fails instead.
   */
  constructor(name: string, args: ReverseTrustArgs, opts?: pulumi.CustomResourceOptions) {
    refuseOptions("trust", name, opts);
    const inputs = withJudged(
      "trust",
      asProgramErrors(() => inputsOf(name, args, opts)),
      opts,
    );
    super(type, name, inputs, withSecrets(behindGate(opts, type)));
    rememberPart(this, "trust", { inputs, opts, type });
  }

  /**
   * Reads a trust that this package has made, by its id `<peer>/<address of the server>`.
   *
   * @param name Name of the resource in the stack.
   * @param id Id of the trust.
   * @param state Arguments of the trust; used for everything that is not in the id.
   * @param opts Options of the resource, as for the constructor.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ReverseTrustArgs,
    opts?: pulumi.CustomResourceOptions,
  ): ReverseTrust {
    return new ReverseTrust(name, state, { ...opts, id });
  }

  /** Returns true if the object is a `ReverseTrust`, even when it comes from another copy of this package. */
  static override isInstance(object: unknown): object is ReverseTrust {
    return hasType(object, type);
  }
}

function withSecrets(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(opts, { additionalSecretOutputs: ["token"] });
}

function inputsOf(name: string, args: ReverseTrustArgs, opts?: pulumi.CustomResourceOptions): pulumi.Inputs {
  const { server, peer, via } = parse(schema, args, `The reverse trust ${name}`);
  const { token, user, adopt } = args;
  const trust = { server, peer, via };
  const facts = providerFacts(opts, type);
  const trusted = facts.servers[trust.server];
  const address = trusted && addressVia(trusted, trust.via);
  return {
    __provider: providerText("ReverseTrust"),
    logicalName: logicalNameOf(name),
    server,
    peer,
    token: pulumi.secret(requiredToken(token, `The reverse trust ${name}`)),
    foreignToken: isForeignToken(token),
    serverAddress: address,
    serverPublicAddress: trusted?.publicAddress,
    serverHostname: trusted?.hostname ?? address,
    user,
    adopt,
    rejection: declareTrust(facts, trust, token),
  };
}
