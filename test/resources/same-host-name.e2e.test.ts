import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, memberFile, ns1Entry } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const byHand = memberFile("192.0.2.99");

describe("a member created by hand with the same host name, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  test("[E] is named before another one is added beside it, and stays as it is", async () => {
    const fresh = allFiles(simulator);
    const web1 = simulator.files("web1");
    web1.write(
      byHand,
      "#version 2.0\nuser=root\nhost=NS1.example.com\npass=X\nmodule=cPanel\ndebug=0\n",
      0o600,
    );
    web1.write(`${byHand}-dnsrole`, "sync", 0o600);
    web1.write(ns1Entry.flag, "");
    const before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });

    const refused = await stack.up("--skip-preview");
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(
      /on web1: there is an entry for 192\.0\.2\.99 already that has the same host name, ns1\.example\.com \[exists-already\]\. Remove 192\.0\.2\.99 in WHM first/,
    );
    expect([ns1Entry.file, ns1Entry.role].map((path) => web1.read(path))).toEqual([undefined, undefined]);
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);

    web1.remove(byHand);
    web1.remove(`${byHand}-dnsrole`);
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(web1.read(ns1Entry.role)).toBe("sync");
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(fresh);
  });
});
