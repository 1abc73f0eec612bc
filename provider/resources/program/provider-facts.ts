import type * as pulumi from "../sdk";
import type { RuleOverrides } from "../../schema/rule-overrides";
import type { RiskChoices } from "../../schema/risks";
import type { PlainServer } from "../../schema/server";
import type { ConnectionArgs } from "../server-args";

/** What links have to know of the servers while the program runs: everything except how to reach them. */
export type PlainServers = Record<string, PlainServer>;

/** Arguments of a provider, without credentials. */
export interface ProviderFacts {
  /** The provider itself; undefined is the default one, with the stack's configuration. */
  provider: pulumi.ProviderResource | undefined;
  servers: PlainServers;
  rules: RuleOverrides | undefined;
  /** How the risks of a change are judged. @default as the table says */
  choices?: RiskChoices;
  /** How to log in to the servers, as given. May contain secrets, and outputs of other resources. */
  connections: Connections;
}

/** How to log in to servers over SSH, by name; absent for a server without connection. */
export type Connections = Readonly<Record<string, pulumi.Input<ConnectionArgs> | undefined>>;
