import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import type { Role } from "../schema/role";
import type { RuleOverrides } from "../schema/rule-overrides";
import { memberArgs as schema } from "../schema/single-resources";
import type { Via } from "../schema/topology";
import { storedRole } from "../topology";
import { addressVia, providerFacts } from "./program/plain-servers";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { overridesInForce } from "./program/current-cluster";
import { declareLink } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";
import { isForeignToken, requiredToken } from "./required-token";

// The way of a link: this constructor reads its arguments -> `judging/declare` adds it to what the program declares ->
// `judging/link-gates` makes it wait for the gate of its links -> `judging/verdict` judges everything at once.

const type = typeToken("DnsClusterMember");

/** Arguments of `DnsClusterMember`. A plain argument can't be an output of another resource. */
export interface DnsClusterMemberArgs {
  /** Name of the server that stores the link. Plain. Changing it replaces the member. */
  server: string;
  /**
   * Name of the server that the link leads to. Plain. Changing it replaces the member, unless the address stays the same.
   */
  peer: string;
  /**
   * What `server` does with the member. `sync` sends zones to it and takes over newer ones. `write-only` sends zones
   * and never checks for existing ones. `standalone` sends nothing. Plain. Changed in place.
   */
  role: Role | "synchronize" | "Synchronize";
  /** API token of `peer`: the output `token` of an `ApiToken`. Secret. Changed in place. */
  token: pulumi.Input<string>;
  /**
   * Which address of `peer` is stored; behind NAT, its public one. Changing the address replaces the member.
   * @default "address"
   */
  via?: Via;
  /** WHM user on `peer` who owns the token. Changed in place. @default "root" */
  user?: pulumi.Input<string>;
  /** Take over an entry that exists already and differs. Changing it has no effect on an existing member. @default false */
  adopt?: pulumi.Input<boolean>;
  /**
   * Turn clustering on even if zones then flow to other members again. Changing it has no effect on an existing member.
   * @default false
   */
  enableClustering?: pulumi.Input<boolean>;
}

/**
 * A link: `server` stores `peer` as a member of root's DNS cluster, in the files that WHM reads
 * (`/var/cpanel/cluster/root/config`). Deleting it never touches a zone, the clustering flag or another member.
 *
 * Errors name the server, its answer and the way out; docs/errors.md explains their codes.
 * Source: cPanel's Guide to DNS Cluster Configurations.
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * // Links web1 to ns1, which runs DNSOnly. Reads the servers from the stack's configuration `whm:servers`.
 * const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", users: ["web1"], whitelistIps: ["192.0.2.10"] });
 *
 * new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token });
 * new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.53" });
 * ```
 */
export class DnsClusterMember extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that stores the link. */
  declare readonly server: pulumi.Output<string>;
  /** Name of the server that the link leads to. */
  declare readonly peer: pulumi.Output<string>;
  /** `sync`, `write-only` or `standalone`. After a refresh also `missing: ` followed by why WHM doesn't see the member. */
  declare readonly role: pulumi.Output<string>;
  /** API token of `peer`. A secret output. */
  declare readonly token: pulumi.Output<string>;
  /** IPv4 address under which the member is stored. */
  declare readonly peerAddress: pulumi.Output<string>;
  /** Host name stored for the member. */
  declare readonly peerHostname: pulumi.Output<string>;
  /** @internal Mark of the last write. */
  declare readonly written: pulumi.Output<string | undefined>;

  /**
   * @param name Name of the resource in the stack. Must be unique among resources of this type.
   * @param args Arguments of the member.
   * @param opts Options of the resource. `provider` says which servers are meant; the default is those of the stack's
   * configuration `whm:servers`.
   * @throws RunError for a malformed argument and for an option that a member can't have. In unit tests with mocks also
   * for a member that is declared after the verdict on the program and rejected; with an engine the plan fails instead.
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
   * @param name Name of the resource in the stack.
   * @param id Id of the member.
   * @param state Arguments of the member; used for everything that is not in the id.
   * @param opts Options of the resource, as for the constructor.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: DnsClusterMemberArgs,
    opts?: pulumi.CustomResourceOptions,
  ): DnsClusterMember {
    return new DnsClusterMember(name, state, { ...opts, id });
  }

  /** Returns true if the object is a `DnsClusterMember`, even when it comes from another copy of this package. */
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
  const { server, peer, role, via } = parse(schema, args, `The cluster member ${name}`);
  const { token, user, adopt, enableClustering } = args;
  const link = { from: server, to: peer, role, via };
  const facts = providerFacts(opts, type);
  const target = facts.servers[peer];
  const address = target && addressVia(target, link.via);
  return {
    __provider: providerText("DnsClusterMember"),
    server,
    logicalName: logicalNameOf(name),
    peer,
    role: storedRole(link, facts.servers),
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

/** Returns true if a rule is relaxed, else undefined, which keeps the state short. */
function isRelaxed(ofProvider: RuleOverrides | undefined, rule: string): true | undefined {
  const severity = overridesInForce(ofProvider)[rule]?.severity ?? "error";
  return severity === "error" ? undefined : true;
}
