import * as pulumi from "./sdk";
import type { ClusterToken } from "../schema/topology";
import { rememberPart, withJudged } from "./judging/applied-parts";
import { declareToken, rememberToken } from "./judging/declare";
import { hasType, providerText, typeToken } from "./dynamic";
import { behindGate } from "./judging/link-gates";
import { logicalNameOf } from "./program/logical-name";
import { providerFacts } from "./program/plain-servers";
import { refuseOptions } from "./judging/refused-options";
import { asProgramErrors } from "./program/program-error";

const type = typeToken("ApiToken");

/** What a token is. */
export interface ApiTokenArgs {
  /** Name of the server that the token opens. Plain. A change replaces the token. */
  server: string;
  /** Privileges; `all` only when written out, and an empty list is refused. Changed in place. @default ["clustering"] */
  acls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Addresses and networks from which it is accepted, 100 at most. Changed in place. @default any */
  whitelistIps?: pulumi.Input<pulumi.Input<string>[]>;
  /** When it ends: seconds since 1970, or a time such as 2027-01-31T00:00:00Z. A new value in the past is refused. Changed in place; a token that has expired is made anew. @default never */
  expiresAt?: pulumi.Input<number | string>;
  /** Its name in WHM, 1 to 50 letters, digits, dashes and underscores. Renamed in place. @default the resource's name and eight hexadecimal digits */
  tokenName?: pulumi.Input<string>;
  /** Any value: a change makes a new token, hands it to the members that use it, and revokes the old one last. Not with `tokenName`. @default none */
  rotate?: pulumi.Input<string | number | boolean>;
  /** Names of the servers that store it: it is not revoked while one of them still does. Changed in place. @default none is known */
  users?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * An API token of a server, by default with the privilege `clustering` alone. Its secret is shown by WHM once, at
 * creation, and stands in the output `token` and nowhere else.
 *
 * Source: WHM API 1 `api_token_create`, `api_token_list`, `api_token_update`, `api_token_revoke`.
 */
export class ApiToken extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Name of the server that the token opens. */
  declare readonly server: pulumi.Output<string>;
  /** Its name in WHM. */
  declare readonly tokenName: pulumi.Output<string>;
  /** Privileges, as they were written. */
  declare readonly acls: pulumi.Output<string[]>;
  /** Addresses and networks from which it is accepted; empty means any. */
  declare readonly whitelistIps: pulumi.Output<string[]>;
  /** Seconds since 1970; undefined means never. */
  declare readonly expiresAt: pulumi.Output<number | undefined>;
  /** The secret: a secret output. */
  declare readonly token: pulumi.Output<string>;
  /** When WHM made it: seconds since 1970. */
  declare readonly createTime: pulumi.Output<number>;

  /**
   * @param name name of the resource in the stack; it has to be the only one of its type
   * @param args what the token is
   * @param opts `provider` tells which servers are meant; without one those of the stack's configuration `whm:servers`
   * @throws RunError for a malformed argument, and for one that is declared after the verdict and not accepted together with the others
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
   * Reads a token that this package has made, by its id `<server>/<token name>`. Its secret cannot be read again.
   *
   * @param name name of the resource in the stack
   * @param id its id
   * @param state its arguments; what is not in the id comes from them
   * @param opts as for the constructor
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ApiTokenArgs,
    opts?: pulumi.CustomResourceOptions,
  ): ApiToken {
    return new ApiToken(name, state, { ...opts, id });
  }

  /** Whether an object is an ApiToken, also one of another copy of this package. */
  static override isInstance(object: unknown): object is ApiToken {
    return hasType(object, type);
  }
}

function inputsOf(
  name: string,
  args: ApiTokenArgs,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
  const { rotate, ...plain } = args;
  const facts = providerFacts(opts, type);
  return {
    __provider: providerText("ApiToken"),
    ...plain,
    rotate: rotate === undefined ? undefined : pulumi.output(rotate).apply(String),
    logicalName: logicalNameOf(name),
    // Outputs that are no inputs have to be named, or they would not exist on the object.
    token: undefined,
    createTime: undefined,
    tokenName: args.tokenName,
    expiresAt: args.expiresAt,
    // Defaults are written out: after a refresh, which tells live values, nothing but what has changed is shown.
    acls: args.acls ?? ["clustering"],
    whitelistIps: args.whitelistIps ?? [],
    users: args.users ?? [],
    serverAddress: facts.servers[args.server]?.address,
    rejection: declareToken(facts.provider),
  };
}

/** What the rules can know of it while the program runs; what comes from another resource is left out. */
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
