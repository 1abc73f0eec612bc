import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { allFiles, memberFile } from "../helpers/server-files";

jest.setTimeout(1_800_000);
const newProject = pulumiProjects();

/** All of them with PULUMI_WHM_TEST_ALL=1; as many tell already whether one of two sees the other. */
const rounds = process.env["PULUMI_WHM_TEST_ALL"] ? 20 : 2;

const program = `
${programStart}
const { Config } = require("@pulumi/pulumi/config");
const all = configured;
const { servers, links } = new Config("cluster").requireObject("shape");
const declared = Object.entries(servers).map(([name, more]) => [name, { ...all[name], ...more }]);
new whm.DnsCluster("c", {
  servers: Object.fromEntries(declared),
  links: links.map(([from, to]) => ({ from, to, role: "sync" })),
});
`;

interface Shape {
  servers: Record<string, object>;
  links: [from: string, to: string][];
}

const intermediary = { intermediary: true };
const circle: readonly [Shape, Shape] = [
  {
    servers: { w: {}, n: intermediary, m: {} },
    links: [
      ["w", "n"],
      ["n", "m"],
    ],
  },
  {
    servers: { v: {}, m: intermediary, n: {} },
    links: [
      ["v", "m"],
      ["m", "n"],
    ],
  },
];
const second: readonly [Shape, Shape] = [
  {
    servers: { w: {}, n: intermediary, o: {}, m: {} },
    links: [
      ["w", "n"],
      ["n", "o"],
      ["n", "m"],
    ],
  },
  {
    servers: { v: {}, m: intermediary, p: {}, n: {} },
    links: [
      ["v", "m"],
      ["m", "p"],
      ["v", "n"],
    ],
  },
];

describe("two stacks that are applied at the same moment, each accepted alone", () => {
  let simulator: Simulator;
  const address: Record<string, string> = {};
  beforeEach(async () => {
    const nameserver = { type: "dnsonly" } as const;
    const servers = { w: { type: "cpanel" }, v: { type: "cpanel" } } as const;
    simulator = await startSimulator({
      servers: { ...servers, n: nameserver, m: nameserver, o: nameserver, p: nameserver },
    });
    for (const [name, server] of Object.entries(simulator.servers)) address[name] = server.address!;
  });
  afterEach(() => simulator.stop());

  const stacksOf = async (shapes: readonly [Shape, Shape]): Promise<[PulumiProject, PulumiProject]> => {
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const config = (shape: Shape) => ({ "cluster:shape": JSON.stringify(shape) });
    const one = await newProject({ program, stack: "one", secrets, config: config(shapes[0]) });
    return [one, await one.newStack("two", { secrets, config: config(shapes[1]) })];
  };

  const feeds = (from: string, to: string): boolean =>
    ["sync", "write-only"].includes(simulator.files(from).read(`${memberFile(address[to]!)}-dnsrole`) ?? "");

  test.each([
    ["close a circle", circle, () => feeds("n", "m") && feeds("m", "n")],
    ["make two intermediaries", second, () => feeds("n", "o") && feeds("m", "p")],
  ] as const)("[E] never %s together, and exactly one of them succeeds", async (_what, shapes, isBroken) => {
    const [one, two] = await stacksOf(shapes);
    const before = allFiles(simulator);
    for (let round = 0; round < rounds; round += 1) {
      const runs = await Promise.all([one, two].map((stack) => stack.up("--skip-preview")));
      expect(isBroken()).toBe(false);
      const codes = runs.map(({ code }) => code);
      expect(codes.filter((code) => code === 0)).toHaveLength(1);
      const refused = runs.find(({ code }) => code !== 0)!;
      expect(refused.stdout + refused.stderr).toMatch(/is in the way|rejected together with live links/);
      for (const stack of [one, two])
        expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(before);
    }
  });
});
