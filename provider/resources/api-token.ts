import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { apiTokenArgs as schema } from "../schema/single-resources";
import type { ClusterToken } from "../schema/topology";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { declareToken, rememberToken } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { providerFacts } from "./program/plain-servers";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";
import { rotateText, type RotateValue } from "./rotate-text";

const type = typeToken("ApiToken");

/** Arguments of `ApiToken`. A plain argument can't be an output of another resource. */
export interface ApiTokenArgs {
  /** Name of the server that the token opens. Plain. Changing it replaces the token. */
  server: string;
  /**
   * Privileges of the token. `all` is granted only when listed; an empty list is refused. Changed in place.
   * @default ["clustering"]
   */
  acls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Addresses and networks from which the token is accepted, 100 at most. Changed in place. @default any */
  whitelistIps?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Time at which the token expires: seconds since 1970, or a time such as 2027-01-31T00:00:00Z. A new value in the
   * past is refused. Changed in place; an expired token is made again.
   * @default never
   */
  expiresAt?: pulumi.Input<number | string>;
  /**
   * Days before `expiresAt` at which a run replaces the token, as a rotation does. The new token lives as long as the one
   * before did, from its creation to its expiry; so does every one after it, until you declare another `expiresAt`. Must
   * be less than that life. Can't be combined with `tokenName`. Changed in place.
   * @default not renewed
   */
  renewBefore?: pulumi.Input<number>;
  /**
   * Name of the token in WHM: 1 to 50 letters, digits, dashes and underscores. Changing it renames the token in place.
   * @default the resource's name and sixteen hexadecimal digits
   */
  tokenName?: pulumi.Input<string>;
  /**
   * Any value. Changing it makes a new token, hands it to the members that use it, and revokes the old one last. Can't
   * be combined with `tokenName`.
   * @default none
   */
  rotate?: RotateValue;
  /**
   * For how long the old token stays valid after a rotation or renewal, such as `30m`, `24h` or `7d`: for servers of other
   * stacks, which get the new one later. It gets an expiry, by which WHM ends it; a later run revokes it. Not longer than
   * its own expiry allows. Changed in place.
   * @default revoked at the end of the run
   */
  keepOldFor?: pulumi.Input<string>;
  /**
   * Names of the servers that store the token. The token is not revoked while one of them still stores it. Changed in
   * place.
   * @default no known users
   */
  users?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * An API token of a server, by default with the privilege `clustering` only. WHM shows the secret once, at creation; it
 * is kept only in the output `token`.
 *
 * Source: WHM API 1 `api_token_create`, `api_token_list`, `api_token_update`, `api_token_revoke`.
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * // Makes a token of ns1 that only web1 may use. Reads the servers from the stack's configuration `whm:servers`.
 * const token = new whm.ApiToken("ns1-for-web1", {
 *   server: "ns1",
 *   users: ["web1"],
 *   whitelistIps: ["192.0.2.10"],
 * });
 *
 * export const secret = token.token;
 * ```
 */
export class ApiToken extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that the token opens. */
  declare readonly server: pulumi.Output<string>;
  /** Name of the token in WHM. */
  declare readonly tokenName: pulumi.Output<string>;
  /** Privileges of the token, as written in the program. */
  declare readonly acls: pulumi.Output<string[]>;
  /** Addresses and networks from which the token is accepted; empty means any. */
  declare readonly whitelistIps: pulumi.Output<string[]>;
  /** Time at which the token expires, in seconds since 1970; undefined means never. */
  declare readonly expiresAt: pulumi.Output<number | undefined>;
  /** Secret of the token. A secret output. */
  declare readonly token: pulumi.Output<string>;
  /** Time at which WHM made the token, in seconds since 1970. */
  declare readonly createTime: pulumi.Output<number>;
  /** @internal Mark of the last write. */
  declare readonly written: pulumi.Output<string | undefined>;

  /**
   * @param name Name of the resource in the stack. Must be unique among resources of this type.
   * @param args Arguments of the token.
   * @param opts Options of the resource. `provider` says which servers are meant; the default is those of the stack's
   * configuration `whm:servers`.
   * @throws RunError for an option that a token can't have and for a malformed `whm:servers`. In unit tests with mocks also
   * for a token that is declared after the verdict on the program and rejected; with an engine the plan fails instead.
   */
  constructor(name: string, args: ApiTokenArgs, opts?: pulumi.CustomResourceOptions) {
    refuseOptions("token", name, opts);
    const inputs = withJudged(
      "token",
      asProgramErrors(() => inputsOf(name, args, opts)),
      opts,
    );
    super(
      type,
      name,
      inputs,
      pulumi.mergeOptions(behindGate(opts, type), { additionalSecretOutputs: ["token"] }),
    );
    rememberPart(this, "token", { inputs, opts, type });
    rememberToken(this.token, plainToken(args));
  }

  /**
   * Reads a token that this package has made, by its id `<server>/<token name>`. The secret can't be read again.
   *
   * @param name Name of the resource in the stack.
   * @param id Id of the token.
   * @param state Arguments of the token; used for everything that is not in the id.
   * @param opts Options of the resource, as for the constructor.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ApiTokenArgs,
    opts?: pulumi.CustomResourceOptions,
  ): ApiToken {
    return new ApiToken(name, state, { ...opts, id });
  }

  /** Returns true if the object is an `ApiToken`, even when it comes from another copy of this package. */
  static override isInstance(object: unknown): object is ApiToken {
    return hasType(object, type);
  }
}

function inputsOf(
  name: string,
  args: ApiTokenArgs,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  parse(schema, args, `The API token ${name}`);
  const { rotate, ...plain } = args;
  const facts = providerFacts(opts, type);
  return {
    __provider: providerText("ApiToken"),
    ...plain,
    rotate: rotateText(rotate, `rotate of the token ${name}`),
    logicalName: logicalNameOf(name),
    // Outputs that are not inputs must be named here, or the object would lack them.
    token: undefined,
    createTime: undefined,
    tokenName: args.tokenName,
    expiresAt: args.expiresAt,
    // Defaults are written out, so that a refresh, which reports live values, shows only what has changed.
    acls: args.acls ?? ["clustering"],
    whitelistIps: args.whitelistIps ?? [],
    users: args.users ?? [],
    serverAddress: facts.servers[args.server]?.address,
    rejection: declareToken(facts.provider),
  };
}

/** Returns what the rules can know of the token while the program runs, without values that come from other resources. */
function plainToken({ server, acls, whitelistIps }: ApiTokenArgs): ClusterToken {
  return {
    server,
    ...(isTextList(acls) && { acls }),
    ...(isTextList(whitelistIps) && { whitelistIps }),
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
