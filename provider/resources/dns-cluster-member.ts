import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import type { Role } from "../schema/role";
import type { RuleOverrides } from "../schema/rule-overrides";
import { link as linkSchema, type Via } from "../schema/topology";
import { addressVia } from "./program/plain-servers";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { overridesInForce } from "./program/current-cluster";
import { declareLink } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { providerFacts } from "./program/plain-servers";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";
import { isForeignToken, requiredToken } from "./required-token";

const type = typeToken("DnsClusterMember");

/** What a member of a server's cluster is. */
export interface DnsClusterMemberArgs {
  /** Name of the server that stores the link. Plain. A change replaces the member. */
  server: string;
  /** Name of the server that it links to. Plain. A change replaces the member, unless the address stays the same. */
  peer: string;
  /**
   * What `server` does with the member. `sync`: sends zones there and takes newer ones over. `write-only`: sends, and
   * never checks for existing zones. `standalone`: sends nothing. Plain. Changed in place.
   */
  role: Role | "synchronize" | "Synchronize";
  /** API token of `peer`: an `ApiToken`'s `token`. Secret. Changed in place. */
  token: pulumi.Input<string>;
  /** Which address of `peer` is stored: behind NAT its public one. A change of address replaces the member. @default "address" */
  via?: Via;
  /** WHM user on `peer` that the token belongs to. Changed in place. @default "root" */
  user?: pulumi.Input<string>;
  /** Take over an entry that is there already and differs. A change has no effect on a member that is made. @default false */
  adopt?: pulumi.Input<boolean>;
  /** Turn clustering on even where that lets zones flow to other members again. A change has no effect on a member that is made. @default false */
  enableClustering?: pulumi.Input<boolean>;
}

/**
 * One link: `server` stores `peer` as a member of root's DNS cluster, in the files that WHM reads
 * (`/var/cpanel/cluster/root/config`). Deleting it never touches a zone, the clustering flag or another member.
 *
 * Errors name the server, what it said and the way out; docs/resources.md lists their codes.
 * Source: cPanel's Guide to DNS Cluster Configurations.
 */
export class DnsClusterMember extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that stores the link. */
  declare readonly server: pulumi.Output<string>;
  /** Name of the server that it links to. */
  declare readonly peer: pulumi.Output<string>;
  /** `sync`, `write-only` or `standalone`; after a refresh also `missing: ` and why WHM does not see the member. */
  declare readonly role: pulumi.Output<string>;
  /** API token of `peer`: a secret output. */
  declare readonly token: pulumi.Output<string>;
  /** IPv4 address under which the member is stored. */
  declare readonly peerAddress: pulumi.Output<string>;
  /** Host name that is stored for the member. */
  declare readonly peerHostname: pulumi.Output<string>;

  /**
   * @param name name of the resource in the stack; it has to be the only one of its type
   * @param args what the member is
   * @param opts `provider` tells which servers are meant; without one those of the stack's configuration `whm:servers`
   * @throws RunError for a malformed argument, and for one that is declared after the verdict and not accepted together with the others
   */
  constructor(name: string, args: DnsClusterMemberArgs, opts?: pulumi.CustomResourceOptions) {
    refuseOptions("link", name, opts);
    const inputs = withJudged(
      "link",
      asProgramErrors(() => inputsOf(name, args, opts)),
      opts,
    );
    super(type, name, inputs, withSecrets(behindGate(opts, type)));
    rememberPart(this, "link", { inputs, opts, type });
  }

  /**
   * Reads a member that this package has made, by its id `<server>/<address of the peer>`.
   *
   * @param name name of the resource in the stack
   * @param id its id
   * @param state its arguments; what is not in the id comes from them
   * @param opts as for the constructor
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: DnsClusterMemberArgs,
    opts?: pulumi.CustomResourceOptions,
  ): DnsClusterMember {
    return new DnsClusterMember(name, state, { ...opts, id });
  }

  /** Whether an object is a DnsClusterMember, also one of another copy of this package. */
  static override isInstance(object: unknown): object is DnsClusterMember {
    return hasType(object, type);
  }
}

function withSecrets(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(opts, { additionalSecretOutputs: ["token"] });
}

function inputsOf(
  name: string,
  args: DnsClusterMemberArgs,
  opts?: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const { server, peer, via, token, user, adopt, enableClustering } = args;
  const declaredLink = { from: server, to: peer, role: args.role, via: via ?? "address" };
  const link = parse(linkSchema, declaredLink, `The cluster member ${name}`);
  const facts = providerFacts(opts, type);
  const target = facts.servers[peer];
  const address = target && addressVia(target, link.via);
  return {
    __provider: providerText("DnsClusterMember"),
    server,
    logicalName: logicalNameOf(name),
    peer,
    role: link.role,
    token: pulumi.secret(requiredToken(token, `The cluster member ${name}`)),
    foreignToken: isForeignToken(token),
    peerAddress: address,
    peerHostname: target?.hostname ?? address,
    user,
    adopt,
    enableClustering,
    mayCycle: isRelaxed(facts.rules, "feeding-cycle"),
    mayAddIntermediary: isRelaxed(facts.rules, "single-intermediary"),
    rejection: declareLink(facts, link, token),
  };
}

/** Absent unless the rule is relaxed, to keep the state short. */
function isRelaxed(ofProvider: RuleOverrides | undefined, rule: string): true | undefined {
  const severity = overridesInForce(ofProvider)[rule]?.severity ?? "error";
  return severity === "error" ? undefined : true;
}
