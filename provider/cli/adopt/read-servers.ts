import type { Server as ServerSettings, Servers } from "../../schema/server";
import type { Machine, ServerError, ServerRegistry } from "../../servers";
import type { LeftAlone, ServerSurvey, Survey } from "../../survey";

/** The servers that were read, told apart by what the machines say and not by the addresses that led to them. */
export class ReadServers {
  private readonly byMachine = new Map<string, string>();
  private readonly twins = new Map<string, string>();

  constructor(
    private readonly registry: ServerRegistry,
    private readonly given: Servers,
  ) {}

  /** Whether a server was not read before under another name. Notes all its addresses. */
  readonly counts = (survey: ServerSurvey, unreadable: ReadonlyMap<string, ServerError>): boolean => {
    const { name, machine, settings, publicAddress } = survey;
    const first = this.firstName(name, machine);
    if (first !== name) this.twins.set(name, first);
    const addresses = [settings.address, settings.publicAddress, machine.address, publicAddress];
    for (const address of addresses) {
      if (address === undefined) continue;
      const taken = this.registry.nameAt(address);
      const isFree = taken === undefined || taken === name || this.isFailureOf(taken, survey, unreadable);
      if (isFree) this.registry.addAddress(first, address);
    }
    return first === name;
  };

  /** Gives servers the addresses under which members store them, and forgets failures to reach them at others. */
  completed(survey: Survey): Survey {
    const keys = [...survey.servers.values()].flatMap(({ members }) => members.map(({ key }) => key));
    const used = [...new Set(keys)].sort();
    const servers = [...survey.servers].map(([name, server]) => {
      const own = used.filter((key) => this.registry.nameAt(key) === name);
      const isGiven = this.given[name]?.address !== undefined;
      const settings = (isGiven ? givenSettings : foundSettings)(server, own);
      return [name, { ...server, settings }] as const;
    });
    const unreadable = [...survey.unreadable].filter(([name]) => !this.isReadElsewhere(name, survey));
    return { ...survey, servers: new Map(servers), unreadable: new Map(unreadable) };
  }

  /** Lists the given connections that lead to a server once more. */
  needless(): LeftAlone[] {
    const names = [...this.twins].filter(([name]) => Object.hasOwn(this.given, name));
    return names.map(([name, server]) => {
      const why = "it leads to the same server";
      return { server, what: `connection ${name}`, why, fix: "Remove it from the connections." };
    });
  }

  private firstName(name: string, { hostname, address, machineId }: Machine): string {
    if (hostname === undefined || address === undefined || machineId === undefined) return name;
    const machine = [hostname, address, machineId].join(" ");
    const first = this.byMachine.get(machine) ?? name;
    this.byMachine.set(machine, first);
    return first;
  }

  /** Whether a server that could not be read goes by the host name of one that was. */
  private isFailureOf(
    taken: string,
    { settings, machine }: ServerSurvey,
    unreadable: ReadonlyMap<string, ServerError>,
  ): boolean {
    const { hostname } = this.registry.get(taken).settings;
    const isNamesake = hostname !== undefined && [settings.hostname, machine.hostname].includes(hostname);
    return unreadable.has(taken) && isNamesake;
  }

  private isReadElsewhere(name: string, { servers }: Survey): boolean {
    const { address } = this.registry.get(name).settings;
    const there = address === undefined ? undefined : this.registry.nameAt(address);
    return there !== undefined && there !== name && servers.has(there);
  }
}

/** Returns the settings that the user gave, with an address more where members store the server under another one. */
function givenSettings({ settings, machine }: ServerSurvey, used: readonly string[]): ServerSettings {
  const { address, publicAddress } = settings;
  const others = used.filter((each) => each !== address && each !== publicAddress);
  const [other] = others;
  if (other === undefined || publicAddress !== undefined) return settings;
  const isMain = machine.address !== undefined && others.includes(machine.address);
  const both = isMain ? { address: machine.address, publicAddress: address } : { publicAddress: other };
  return { ...settings, ...known(both) };
}

/** Returns the settings of a server of which only an address or a host name was known. */
function foundSettings(
  { settings, machine, publicAddress: outside }: ServerSurvey,
  used: readonly string[],
): ServerSettings {
  const { address: main } = machine;
  // Many machines are called localhost.
  const hostname = machine.hostname?.includes(".") ? machine.hostname : undefined;
  const isMainUsed = main !== undefined && (outside !== undefined || used.includes(main));
  const address = isMainUsed ? main : (settings.address ?? main ?? used[0]);
  const publicAddress = outside ?? used.find((each) => each !== address);
  return { ...settings, ...known({ address, publicAddress, hostname: settings.hostname ?? hostname }) };
}

/** Leaves out what is not known. */
function known(facts: Readonly<Record<string, string | undefined>>): Partial<ServerSettings> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
