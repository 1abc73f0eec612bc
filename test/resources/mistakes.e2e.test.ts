import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles } from "../helpers/server-files";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(120_000);

type Servers = Simulator["servers"];

interface Mistake {
  what: string;
  program?: string;
  /** Changes the configuration. */
  servers?: (servers: Servers) => unknown;
  /** Changes the world. */
  world?: (simulator: Simulator) => void;
  says: RegExp[];
}

const member = (more: string) =>
  singleProgram(`new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: "PLANTEDSECRET0123456789PLANTED00", ${more} }, { provider });
new whm.TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.11" }, { provider });`);

const mistakes: Mistake[] = [
  {
    what: "a misspelled role",
    program: clusterProgram('{ links: [{ from: "web1", to: "ns1", role: "synchronise" }] }'),
    says: [/The cluster prod is malformed/, /links\[0\]\.role: must be sync, write-only or standalone/],
  },
  {
    what: "a server with a misspelled field",
    program: clusterProgram('{ servers: { ...servers, web1: { ...servers.web1, adress: "192.0.2.10" } } }'),
    says: [/servers\.web1\.adress: is no known key; did you mean address\?/],
  },
  {
    what: "a link to a server that is not declared",
    program: clusterProgram('{ links: [{ from: "web1", to: "ns9", role: "sync" }] }'),
    says: [/ns9/, /\[known-server\]/],
  },
  {
    what: "a cluster whose parts would have the names of another one's",
    program: `${clusterProgram(
      '{ servers: { "b-web1": servers.web1, ns1: servers.ns1 }, links: [{ from: "b-web1", to: "ns1", role: "sync" }] }',
    )}
const ns1 = servers.ns1;
const web1 = { ...servers.web1, address: "192.0.2.99", hostname: "other.example.com" };
new whm.DnsCluster("prod-b", { servers: { web1, ns1 }, links: [{ from: "web1", to: "ns1", role: "sync" }] });`,
    says: [/Two resources would be named prod-b-web1-ns1: the link from b-web1 to ns1 of prod, and /],
  },
  {
    what: "a single resource on a server that the provider does not know",
    program: singleProgram(
      'new whm.TrustedRemoteIp("ip", { server: "web9", address: "192.0.2.11" }, { provider });',
    ),
    says: [/web9/, /\[known-server\]/],
  },
  {
    what: "a server without a connection",
    servers: ({ web1, ...others }) => {
      const { connection: _none, ...rest } = web1!;
      return { web1: rest, ...others };
    },
    says: [/on web1: the server has no `connection` \[missing-credential\]/, /Add connection/],
  },
  {
    what: "a wrong token in the provider",
    servers: ({ ns1, ...others }) => ({
      ns1: { ...ns1, api: { ...ns1?.api, token: "WRONGTOKEN0123456789WRONGTOKEN00" } },
      ...others,
    }),
    says: [/on ns1: .*\[refused-credential\]/, /--run-program/],
  },
  {
    what: "a wrong token for a member",
    program: member(""),
    says: [/ns1.*\[refused-credential\]/],
  },
  {
    what: "HTML instead of JSON",
    world: (simulator) => simulator.fault("ns1", "html", { door: "api" }),
    says: [/on ns1: .*\[unexpected-reply\]/],
  },
  {
    what: "a host that refuses the connection",
    servers: ({ web1, ...others }) => ({
      web1: { ...web1, connection: { ...web1?.connection, dialErrorLimit: 1 } },
      ...others,
    }),
    world: (simulator) => simulator.fault("web1", "refuse"),
    says: [/on web1: .*\[unreachable\]/],
  },
  {
    what: "an unknown host key",
    servers: ({ web1, ...others }) => {
      const { hostKey: _none, ...connection } = web1!.connection!;
      return { web1: { ...web1, connection }, ...others };
    },
    says: [/on web1: .*\[unknown-host-key\]/, /known_hosts|hostKey/],
  },
  {
    what: "a changed host key",
    world: (simulator) => simulator.fault("web1", "host-key-changed"),
    says: [/on web1: .*SHA256:.*SHA256:.*\[changed-host-key\]/],
  },
];

describe("mistakes and failures, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test.each(sampleOf(mistakes, 3))(
    "[E] $what is reported in a clear sentence, and web1 is not changed",
    async (mistake) => {
      const before = allFiles(simulator)["web1"];
      const servers = mistake.servers?.(simulator.servers) ?? simulator.servers;
      const project = await newProject({
        program: mistake.program ?? clusterProgram(),
        secrets: { "whm:servers": JSON.stringify(servers) },
      });
      mistake.world?.(simulator);
      const up = await project.up("--skip-preview");
      const printed = up.stdout + up.stderr;
      expect(up.code).not.toBe(0);
      for (const sentence of mistake.says) expect(printed).toMatch(sentence);
      expect(printed).not.toMatch(/^\s+at .*[(:]/m);
      expect(printed).not.toMatch(/PLANTEDSECRET|WRONGTOKEN|BEGIN OPENSSH/);
      const after = allFiles(simulator)["web1"]!;
      const cluster = Object.keys(after).filter((path) => path.startsWith("/var/cpanel/cluster"));
      expect(cluster).toEqual([]);
      expect(before).toBeDefined();
    },
  );
});
