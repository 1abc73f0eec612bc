import type * as pulumi from "./sdk";
import type { z } from "zod";
import type { apiAccess } from "../schema/api-access";
import type { connection } from "../schema/connection";
import type { Drain } from "../schema/drain";
import type { plainServer } from "../schema/server";

type Inputs<Shape> = { [Key in keyof Shape]: pulumi.Input<Exclude<Shape[Key], undefined>> };
type Connection = z.input<typeof connection>;

/** How to reach a server over SSH. Has the shape of `@pulumi/command`'s ConnectionArgs, and more. */
export interface ConnectionArgs extends Inputs<Omit<Connection, "proxy">> {
  /** Bastion through which the connection is made. It may have a bastion of its own. @default none */
  proxy?: pulumi.Input<ProxyConnectionArgs>;
}

/** How to reach a bastion over SSH. */
export interface ProxyConnectionArgs extends ConnectionArgs {}

/** Why and until when a server or a link is drained. Every preview shows it, and warns when the time is over. */
export interface DrainArgs extends Drain {}

/** How to reach WHM API 1 of a server. */
export interface ApiArgs extends Inputs<z.input<typeof apiAccess>> {}

/**
 * A server and how to reach it. What the rules read is plain, so that a disallowed structure is rejected while the
 * program runs. Only `connection` and `api` may come from other resources.
 */
export interface ServerArgs extends z.input<typeof plainServer> {
  /**
   * SSH connection. Needed for members, trusted addresses and reverse trusts. Changing it touches no resource.
   * @default none
   */
  connection?: pulumi.Input<ConnectionArgs>;
  /** HTTPS API. Changing it touches no resource. @default tokens are made with `whmapi1` over SSH */
  api?: pulumi.Input<ApiArgs>;
  /** Set to true when the server is gone for good: its resources leave the state without contact. @default false */
  forget?: boolean;
  /**
   * Accept the server as it is, even though it is not the one that was registered: it was deliberately renamed,
   * renumbered, copied or restored from a backup. For one run.
   * @default such a server is refused
   */
  identity?: "accept";
}
