import { allFiles, writes } from "../helpers/server-files";
import { clusterOn } from "./cluster-on";
import { examples } from "./example";
import { succeeded } from "./example-stack";
import { missingFrom, mistakeHeading } from "./readme";

const open = examples();
jest.setTimeout(300_000);

describe("the example stack-reference", () => {
  test("[E] web servers wait for the nameservers of the other stack and then link to them", async () => {
    const example = await open("stack-reference");
    const simulator = await example.simulate();
    const before = allFiles(simulator);
    const { ns1, ns2, ...others } = simulator.servers;
    const nameservers = await example.stack("dev", { ns1: ns1!, ns2: ns2! }, "nameservers");
    const webServers = await example.stack("dev", others, "web-servers");
    succeeded(await webServers.run(["config", "set", "nameservers", "organization/nameservers/dev"]));

    const early = await webServers.up();
    expect(early.code).not.toBe(0);
    expect(missingFrom(early, example.readme, mistakeHeading)).toEqual([]);
    expect(writes(simulator)).toEqual([]);

    expect(await nameservers.up()).toMatchObject({ code: 0 });
    expect(await webServers.up()).toMatchObject({ code: 0 });
    const linked = { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] };
    expect(clusterOn(simulator)).toEqual({ web1: linked, web2: linked });
    expect(await webServers.up("--expect-no-changes")).toMatchObject({ code: 0 });

    for (const stack of [webServers, nameservers]) expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
