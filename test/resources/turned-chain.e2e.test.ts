import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { memberFile } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(120_000);

/** web1 feeds the primary, and the primary feeds the other one, when it is linked. */
const chain = (primary: string, other?: string) => `{
  servers: { ...servers, ${primary}: { ...servers.${primary}, intermediary: ${other !== undefined} } },
  links: [["web1", "${primary}"], ["${primary}", "${other ?? ""}"]]
    .filter(([, to]) => to !== "")
    .map(([from, to]) => ({ from, to, role: "sync" })),
}`;

describe("a reversed chain, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  const feeds = (server: string, address: string) =>
    simulator.files(server).read(`${memberFile(address)}-dnsrole`) === "sync";
  const ns1FeedsNs2 = () => feeds("ns1", "192.0.2.12");
  const ns2FeedsNs1 = () => feeds("ns2", "192.0.2.11");

  test("[E] never creates a circle on the way: it is refused with the two steps to take, which then succeed", async () => {
    const stack = await newProject({
      program: clusterProgram(chain("ns1", "ns2")),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(ns1FeedsNs2()).toBe(true);

    await stack.write({ "index.js": clusterProgram(chain("ns2", "ns1")) });
    const turned = await stack.up("--skip-preview");
    expect(turned.code).not.toBe(0);
    expect(turned.stdout + turned.stderr).toMatch(
      /zones already flow ns1 -> ns2.*\[feeds-back\]\. Take two steps/,
    );
    expect(ns2FeedsNs1()).toBe(false);

    await stack.write({ "index.js": clusterProgram(chain("ns2")) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(ns1FeedsNs2()).toBe(false);
    await stack.write({ "index.js": clusterProgram(chain("ns2", "ns1")) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(ns2FeedsNs1()).toBe(true);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  });
});
