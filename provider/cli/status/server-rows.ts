import type { JudgedStatus, StatusServer, TokenRow } from "../../survey";

/** What is shown of one server in a row. Without `health` it could not be read. */
export interface ServerRow {
  readonly name: string;
  readonly health?: Health;
}

/** What is shown of a server that could be read. */
export interface Health {
  readonly server: StatusServer;
  readonly membersInUse: number;
  readonly membersDisabled: number;
  /** Token that expires first; undefined if none does. */
  readonly nextToExpire: TokenRow | undefined;
}

/** Lists all servers in the order of the connections. */
export function serverRows({ status, members, tokens }: JudgedStatus, names: readonly string[]): ServerRow[] {
  return names.map((name) => {
    const server = status.servers.get(name);
    if (server === undefined) return { name };
    const own = members.filter((member) => member.server === name);
    const expiring = tokens.filter((token) => token.server === name && token.expiresAt !== undefined);
    const [nextToExpire] = expiring.sort((one, other) => one.expiresAt! - other.expiresAt!);
    const count = (state: string): number => own.filter((member) => member.state === state).length;
    const membersDisabled = count("disabled");
    return { name, health: { server, membersInUse: count("in-use"), membersDisabled, nextToExpire } };
  });
}
