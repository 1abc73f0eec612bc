import fc from "fast-check";
import type { PlainServer } from "../../../provider/schema/server";
import type { TopologyInput } from "../../../provider/schema/topology";
import type { Simulator } from "../../../provider/simulator";
import { completeTopology } from "../../../provider/topology";
import { clickAddress, clickEntries, type ClickedEntry } from "../../helpers/clicked-cluster";
import { memberFile } from "../../helpers/server-files";
import { addToken, type StoredToken } from "../../helpers/stored-tokens";
import { arbitraryCluster } from "../../topology/arbitrary-clusters";

/** A cluster as people and other programs have left it. */
export interface ClickedCluster {
  readonly topology: TopologyInput;
  /** What is odd about each entry, then about each server. */
  readonly draws: readonly number[];
}

/** Every kind that a random cluster has at most: web servers, DNSOnly servers, and nameservers with cPanel & WHM. */
const many = 30;

/** Servers from which every random cluster takes what it needs. A third of them are behind NAT. */
export const serverPool: Record<string, PlainServer> = Object.fromEntries(
  Array.from({ length: many }, (_none, at): [string, PlainServer][] => [
    [`web${at}`, { type: "cpanel", ...addressesAt(at) }],
    [`dns${at}`, { type: "dnsonly", ...addressesAt(many + at) }],
    [`ns${at}`, { type: "cpanel", nameserver: true, ...addressesAt(2 * many + at) }],
  ]).flat(),
);

function addressesAt(at: number): Pick<PlainServer, "address" | "publicAddress"> {
  return at % 3 === 2
    ? { address: `10.0.0.${at}`, publicAddress: `203.0.113.${at}` }
    : { address: `192.0.2.${at + 10}` };
}

/** The same 200 clusters in each run: accepted and rejected ones of 2 to 60 servers of the pool. */
export function clickedClusters(): ClickedCluster[] {
  const draws = fc.array(fc.nat(31), { minLength: 300, maxLength: 300 });
  const drawn = fc.sample(fc.tuple(arbitraryCluster(), draws), { numRuns: 200, seed: 16 });
  return drawn.map(([topology, numbers]) => ({ topology: fromPool(topology), draws: numbers }));
}

function fromPool({ servers, ...rest }: TopologyInput): TopologyInput {
  const counts = { web: 0, dns: 0, ns: 0 };
  const names = new Map(
    Object.entries(servers).map(([name, { type, nameserver }]) => {
      const kind = type === "dnsonly" ? "dns" : nameserver ? "ns" : "web";
      return [name, `${kind}${counts[kind]++}`];
    }),
  );
  const named = Object.entries(servers).map(([name, { intermediary }]) => [
    names.get(name)!,
    { ...serverPool[names.get(name)!]!, ...(intermediary && { intermediary }) },
  ]);
  const text = JSON.stringify(rest).replace(/"(s\d+)"/g, (_all, name: string) => `"${names.get(name)}"`);
  // Addresses that the topology lists are those of its own servers.
  const { trustedAddresses: _lists, ...links } = JSON.parse(text) as TopologyInput;
  return { ...links, servers: Object.fromEntries(named) as TopologyInput["servers"] };
}

/** Puts a cluster on simulated servers through the back door. */
export function click(simulator: Simulator, { topology, draws }: ClickedCluster): void {
  const whole = completeTopology(topology);
  const links = whole.links.map(({ from, to, role }) => ({ from, to, role }));
  const trusts = (whole.trusts ?? [])
    .map(({ server, peer }) => ({ from: peer, to: server, role: "standalone" as const }))
    .filter((trust) => !links.some(({ from, to }) => from === trust.from && to === trust.to));
  const entries = [...links, ...trusts].map((entry) => ({ ...entry, address: addressFor(entry) }));
  entries.forEach((entry, at) => clickOddly(simulator, entry, draws[at] ?? 0));
  for (const [server, addresses] of Object.entries(whole.trustedAddresses ?? {}))
    clickAddress(simulator, server, ...addresses);
  Object.keys(whole.servers).forEach((name, at) =>
    serverOddities[draws[entries.length + at] ?? 0]?.(simulator, name),
  );
}

type Entry = ClickedEntry & { readonly address: string };

/** Returns the address that a person would type: from outside a network, the public one. */
function addressFor({ from, to }: Pick<ClickedEntry, "from" | "to">): string {
  const [holder, about] = [serverPool[from]!, serverPool[to]!];
  return (holder.publicAddress === undefined && about.publicAddress) || about.address!;
}

/** Lists the addresses from which a server may call, in the order in which WHM lists them. */
function pinsOf(name: string): string[] {
  const { address, publicAddress } = serverPool[name]!;
  return [address, publicAddress].filter((each) => each !== undefined);
}

function clickOddly(simulator: Simulator, entry: Entry, draw: number): void {
  const { secretOf, token, user, change } = entryOddities[draw] ?? {};
  const secret = secretOf?.(simulator, entry);
  const odd = {
    ...(secret !== undefined && { secret }),
    ...(token && { token: token(entry) }),
    ...(user !== undefined && { user }),
  };
  clickEntries(simulator, [{ ...entry, ...odd }]);
  change?.(simulator, entry);
}

/** What may be odd about an entry. */
interface EntryOddity {
  readonly secretOf?: (simulator: Simulator, entry: Entry) => string;
  readonly token?: (entry: Entry) => Partial<StoredToken>;
  readonly user?: string;
  readonly change?: (simulator: Simulator, entry: Entry) => void;
}

/** Secret that servers share: that of the token `shared`, for which the name of the server stands before it is made. */
const shared = new WeakMap<Simulator, Map<string, string>>();

/** Ends what earlier clusters shared: their tokens are gone. */
export function forgetShared(simulator: Simulator): void {
  shared.delete(simulator);
}

function sharedSecret(simulator: Simulator, { to }: Entry): string {
  const known = shared.get(simulator) ?? new Map<string, string>();
  shared.set(simulator, known);
  const secret = known.get(to) ?? addToken(simulator, to, "shared");
  known.set(to, secret);
  return secret;
}

function rewrite(end: string, from: string | RegExp, to: string): Required<EntryOddity>["change"] {
  return (simulator, { from: holder, address }) => {
    const [files, path] = [simulator.files(holder), `${memberFile(address)}${end}`];
    files.write(path, files.read(path)!.replace(from, to), 0o600);
  };
}

/** By the number that is drawn; more than half of all numbers stand for an entry without oddities. */
const entryOddities: EntryOddity[] = [
  { change: rewrite("", "module=cPanel", "module=imh") },
  { change: rewrite("-dnsrole", /$/, "\r\n") },
  { change: rewrite("", /\n/g, "\r\n") },
  { change: (simulator, { from, address }) => simulator.files(from).remove(memberFile(address)) },
  {
    change: (simulator, { from, address }) => simulator.files(from).remove(`${memberFile(address)}-dnsrole`),
  },
  {
    change: (simulator, { from, address }) =>
      simulator.files(from).write(`/var/cpanel/clusterqueue/status/${address}-down`, "", 0o600),
  },
  { change: rewrite("", /host=.*/, "host=old.example.com") },
  { secretOf: sharedSecret },
  { secretOf: sharedSecret },
  { secretOf: () => "0".repeat(32) },
  { token: ({ from }) => ({ whitelist_ips: pinsOf(from) }) },
  { token: () => ({ acls: ["clustering", "create-dns"] }) },
  { token: () => ({ acls: ["all"] }) },
  { token: () => ({ expires_at: 4_000_000_000 }) },
  { token: () => ({ expires_at: 1_000_000_000 }) },
  { user: "bob" },
];

const serverOddities: ((simulator: Simulator, name: string) => unknown)[] = [
  (simulator, name) => clickAddress(simulator, name, "# by hand", "198.51.100.9"),
  (simulator, name) => addToken(simulator, name, "reverse_trust_1"),
  (simulator, name) => simulator.files(name).remove("/var/cpanel/useclusteringdns"),
  (simulator, name) =>
    simulator.files(name).write("/var/cpanel/cluster/bob/config/192.0.2.200-dnsrole", "sync", 0o600),
  (simulator, name) => simulator.files(name).write("/etc/ips.remotedns", "192.0.2.40\r\n", 0o644),
];
