import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { memberFile } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

describe("a cluster with servers behind NAT, with the real engine", () => {
  let simulator: Simulator;
  afterEach(() => simulator.stop());

  const project = (more = "{}") =>
    newProject({
      program: clusterProgram(more),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
  const role = (server: string, address: string) =>
    simulator.files(server).read(`${memberFile(address)}-dnsrole`);

  test("[E] stores the address that each holder can reach, and lets the program choose it", async () => {
    simulator = await startSimulator({
      servers: {
        inside: { type: "cpanel", address: "10.0.0.10", publicAddress: "203.0.113.10" },
        outside: { type: "cpanel", address: "192.0.2.10" },
        ns1: { type: "dnsonly", address: "10.0.0.53", publicAddress: "203.0.113.53" },
      },
    });
    const stack = await project();
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(role("inside", "10.0.0.53")).toBe("sync");
    expect(role("outside", "203.0.113.53")).toBe("sync");
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    const links =
      'links: [{ from: "inside", to: "ns1", role: "sync", via: "publicAddress" }, { from: "outside", to: "ns1", role: "sync" }]';
    await stack.write({ "index.js": clusterProgram(`{ ${links} }`) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(role("inside", "203.0.113.53")).toBe("sync");
    expect(role("inside", "10.0.0.53")).toBeUndefined();
  });

  test("[E] stores a trust between two web servers under the address that its holder can reach", async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel", address: "10.0.0.10", publicAddress: "203.0.113.10" },
        web2: { type: "cpanel", address: "192.0.2.20", nameserver: true },
      },
    });
    const stack = await project();
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(role("web1", "192.0.2.20")).toBe("sync");
    expect(role("web2", "203.0.113.10")).toBe("standalone");
  });
});
