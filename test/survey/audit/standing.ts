import type { ApiTokenDetails, FoundMember, ServerError } from "../../../provider/servers";
import type { Topology, TopologyInput } from "../../../provider/schema/topology";
import type { ServerSurvey, TokenUse } from "../../../provider/survey";
import { completeTopology } from "../../../provider/topology";

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A server that a test can change. */
export type FakeServer = Omit<Writable<ServerSurvey>, "members" | "tokens"> & {
  members: FoundMember[];
  tokens: ApiTokenDetails[];
};

/** What stands on servers that nobody has asked. */
export interface FakeSurvey {
  servers: Map<string, FakeServer>;
  unreadable: Map<string, ServerError>;
  uses: Writable<TokenUse>[];
}

/** Returns servers on which everything stands exactly as a topology declares it. */
export function standing(topology: TopologyInput): FakeSurvey {
  const whole = completeTopology(topology);
  const servers = new Map(Object.keys(whole.servers).map((name) => [name, serverOf(whole, name)]));
  const survey: FakeSurvey = { servers, unreadable: new Map(), uses: [] };
  for (const { from, to, role, via } of whole.links) store(survey, whole, { from, to, role, via });
  for (const { server, peer, via } of whole.trusts ?? []) {
    if (whole.links.some(({ from, to }) => from === peer && to === server)) continue;
    store(survey, whole, { from: peer, to: server, role: "standalone", via });
  }
  return survey;
}

/** An entry as WHM writes it. */
export function memberAt(
  key: string,
  role: string,
  host: string,
  secret = "SECRET",
  module = "cPanel",
): FoundMember {
  return {
    key,
    text: "the text of the file",
    roleText: role,
    role: role as FoundMember["role"],
    fields: { user: "root", host, pass: secret, module },
    disabled: undefined,
    calls: { isDisabled: false, row: undefined },
  };
}

function serverOf({ servers, trustedAddresses = {}, links }: Topology, name: string): FakeServer {
  const { type, version = "11.136.0.5", dnsServer = "bind" } = servers[name]!;
  const lines = (trustedAddresses[name] ?? []).map((address) => `${address}\n`);
  return {
    name,
    settings: { type },
    product: type,
    version,
    nameserver: dnsServer,
    machine: {},
    hostMark: undefined,
    isClusteringOn: links.some(({ from }) => from === name),
    members: [],
    resellers: [],
    trustedAddresses: lines.length > 0 ? lines.join("") : undefined,
    tokens: [],
    claims: [],
  };
}

interface Entry {
  from: string;
  to: string;
  role: string;
  via: "address" | "publicAddress" | undefined;
}

/** Stores an entry with a token of its own, as declared for it. The address is worked out here once more. */
function store(
  survey: FakeSurvey,
  { servers, apiTokens = [] }: Topology,
  { from, to, role, via }: Entry,
): void {
  const [holder, about] = [servers[from]!, servers[to]!];
  const isFromOutside = holder.publicAddress === undefined && about.publicAddress !== undefined;
  const key = about[via ?? (isFromOutside ? "publicAddress" : "address")]!;
  const declared = apiTokens.find(({ server, users }) => server === to && (users?.includes(from) ?? true));
  const { acls = ["clustering"], whitelistIps = [] } = declared ?? {};
  const token = {
    name: `${to}-for-${from}`,
    acls: [...acls].sort(),
    whitelistIps,
    createTime: 1,
    expiresAt: undefined,
  };
  survey.servers.get(from)!.members.push(memberAt(key, role, about.hostname ?? key));
  survey.servers.get(to)!.tokens.push(token);
  survey.uses.push({ holder: from, peer: to, key, secret: "SECRET", token });
}
