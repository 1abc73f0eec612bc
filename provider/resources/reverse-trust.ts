import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { trust as trustSchema, type Via } from "../schema/topology";
import { addressVia } from "./program/plain-servers";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { declareTrust } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { providerFacts } from "./program/plain-servers";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";
import { isForeignToken, requiredToken } from "./required-token";

const type = typeToken("ReverseTrust");

/** What a reverse trust is. */
export interface ReverseTrustArgs {
  /** Name of the trusted server: the token is one of its own. Plain. A change replaces the trust. */
  server: string;
  /** Name of the server that trusts it: the entry is written there. Plain. A change replaces the trust. */
  peer: string;
  /** API token of `server`: an `ApiToken`'s `token`. Secret. Changed in place. */
  token: pulumi.Input<string>;
  /** Which address of `server` is stored: behind NAT its public one. A change of address replaces the trust. @default "address" */
  via?: Via;
  /** WHM user on `server` that the token belongs to. Changed in place. @default "root" */
  user?: pulumi.Input<string>;
  /** Put the entry in place of one that is there already and differs; that one comes back on delete. A change has no effect on a trust that is made. @default false */
  adopt?: pulumi.Input<boolean>;
}

/**
 * `peer` holds a standalone entry for `server`, with a token of `server`: the mirror image of a link, which a `sync` link
 * between two servers that are both no DNSOnly server needs. It counts as made when the peer says that it trusts the
 * server and a call from the peer with the token succeeds.
 *
 * Source: cPanel's Guide to DNS Cluster Configurations, "Reverse trust"; WHM API 1 `cluster_member_has_trust_with`.
 */
export class ReverseTrust extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the trusted server. */
  declare readonly server: pulumi.Output<string>;
  /** Name of the server that trusts it. */
  declare readonly peer: pulumi.Output<string>;
  /** API token of `server`: a secret output. */
  declare readonly token: pulumi.Output<string>;
  /** IPv4 address under which `peer` stores the entry. */
  declare readonly serverAddress: pulumi.Output<string>;

  /**
   * @param name name of the resource in the stack; it has to be the only one of its type
   * @param args what the trust is
   * @param opts `provider` tells which servers are meant; without one those of the stack's configuration `whm:servers`
   * @throws RunError for a malformed argument, and for one that is declared after the verdict and not accepted together with the others
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
   * @param name name of the resource in the stack
   * @param id its id
   * @param state its arguments; what is not in the id comes from them
   * @param opts as for the constructor
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ReverseTrustArgs,
    opts?: pulumi.CustomResourceOptions,
  ): ReverseTrust {
    return new ReverseTrust(name, state, { ...opts, id });
  }

  /** Whether an object is a ReverseTrust, also one of another copy of this package. */
  static override isInstance(object: unknown): object is ReverseTrust {
    return hasType(object, type);
  }
}

function withSecrets(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(opts, { additionalSecretOutputs: ["token", "before"] });
}

function inputsOf(name: string, args: ReverseTrustArgs, opts?: pulumi.CustomResourceOptions): pulumi.Inputs {
  const { token, via, user, adopt } = args;
  const { server, peer } = args;
  const trust = parse(trustSchema, { server, peer, via: via ?? "address" }, `The reverse trust ${name}`);
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
