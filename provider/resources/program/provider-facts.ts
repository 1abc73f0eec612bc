import type * as pulumi from "../sdk";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { PlainServer } from "../../schema/server";
import type { ConnectionArgs } from "../server-args";

/** What links have to know of the servers while the program runs: everything but how to reach them. */
export type PlainServers = Record<string, PlainServer>;

/** What a provider was given, without credentials. */
export interface ProviderFacts {
  /** The provider itself; undefined stands for the default one, with the stack's configuration. */
  provider: pulumi.ProviderResource | undefined;
  servers: PlainServers;
  rules: RuleOverrides | undefined;
  /** How to log in to them, as given: it may hold secrets, and outputs of other resources. */
  connections: Connections;
}

/** How to log in to servers over SSH, by name; absent where a server has no connection. */
export type Connections = Readonly<Record<string, pulumi.Input<ConnectionArgs> | undefined>>;
