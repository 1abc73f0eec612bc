import { isIPv4 } from "node:net";
import type { Server as ServerSettings } from "../../schema/server";
import { hostName } from "../../schema/values";
import { isCalledMember, keysOfNamesake, type ServerRegistry } from "../../servers";
import type { ServerSurvey } from "../../survey";
import { labelOf } from "./first-server";

/** A server that member files name and no connection leads to. */
export interface UnknownServer {
  readonly name: string;
  readonly address: string;
  /** Another address with the same host name. */
  otherAddress?: string;
  /** Host name in a member file. */
  readonly host: string;
  /** Server that stores it as a member. */
  readonly holder: string;
  /** Server that has the same host name and was read at another address. */
  readonly sameNameAs?: string | undefined;
}

/** A member as its holder stores it. */
type Named = Pick<UnknownServer, "holder" | "address" | "host">;

/**
 * Finds servers through the member files of others, from one server on.
 *
 * @param login how to log in to servers that no connection leads to; they are only told if it is undefined
 */
export class Discovery {
  readonly unknown = new Map<string, UnknownServer>();

  constructor(
    private readonly registry: ServerRegistry,
    private readonly login: ServerSettings["connection"],
  ) {}

  /** Returns the servers that the ones read so far have as members. */
  readonly follow = async (sofar: ReadonlyMap<string, ServerSurvey>): Promise<string[]> => {
    const names: string[] = [];
    // Two addresses with one host name are normally one server. What is read at the first one tells.
    const asked = new Set<string>();
    for (const member of [...sofar.values()].flatMap(membersOf)) {
      const known = this.registry.nameAt(member.address);
      if (known !== undefined) names.push(known);
      else if (this.login === undefined) this.note(member, sofar);
      else if (!asked.has(member.host)) {
        asked.add(member.host);
        names.push(await this.add(member, this.login));
      }
    }
    return [...new Set(names)];
  };

  private async add(member: Named, login: NonNullable<ServerSettings["connection"]>): Promise<string> {
    const { address, host } = member;
    const name = this.freeName(host);
    // The host key of the first server is another one.
    const { hostKey: _hostKey, ...rest } = login;
    const hostKey = await keysOfNamesake({ address, host, port: login.port });
    const connection = { ...rest, host: address, ...(hostKey !== undefined && { hostKey }) };
    this.registry.add(name, { type: "cpanel", address, ...hostnameIn(member), connection });
    return name;
  }

  /** Notes a server that the user is to say how to log in to. */
  private note(member: Named, sofar: ReadonlyMap<string, ServerSurvey>): void {
    const { address, host } = member;
    const noted = [...this.unknown.values()].find((each) => each.address === address || each.host === host);
    if (noted === undefined) {
      const sameNameAs = [...sofar.values()].find(({ machine }) => machine.hostname === host)?.name;
      this.unknown.set(address, { ...member, name: this.freeName(host), sameNameAs });
    } else if (noted.address !== address) noted.otherAddress = address;
  }

  /** Returns a name that no server has: the first label of the host name if possible. */
  private freeName(host: string): string {
    const taken = new Set([...this.registry.names(), ...[...this.unknown.values()].map(({ name }) => name)]);
    return [labelOf(host), host].find((name) => !taken.has(name)) ?? `${host}-${taken.size}`;
  }
}

/** Lists the members of root's cluster that WHM sees. One without a usable host name goes by its address. */
function membersOf({ name: holder, members }: ServerSurvey): Named[] {
  return members.filter(isCalledMember).map(({ key, fields }) => {
    const host = hostName.safeParse(fields.host?.replace(/\.$/, "").toLowerCase());
    return { holder, address: key, host: host.data ?? key };
  });
}

/** Returns the host name of a server, if it is known by one. */
export function hostnameIn({ host, address }: Pick<UnknownServer, "host" | "address">): {
  hostname?: string;
} {
  return isIPv4(host) || host === address ? {} : { hostname: host };
}
