import { allFiles, writes } from "../helpers/server-files";
import { clusterOn } from "./cluster-on";
import { examples } from "./example";
import { missingFrom, mistakeHeading } from "./readme";

const open = examples();
jest.setTimeout(300_000);

describe("the example per-environment", () => {
  test("[E] creates its stacks side by side; a mistake in one does not affect the other, and production is protected", async () => {
    const example = await open("per-environment");
    const servers = {
      staging: await example.simulate("staging.yaml"),
      production: await example.simulate("production.yaml"),
    };
    const before = { staging: allFiles(servers.staging), production: allFiles(servers.production) };
    const staging = await example.stack("staging", servers.staging.servers);
    const production = await example.stack("production", servers.production.servers);

    expect(await staging.up()).toMatchObject({ code: 0 });
    expect(clusterOn(servers.staging)).toEqual({
      web1: { members: { ns1: "sync" }, trusts: ["ns1"] },
      web2: { members: { ns1: "write-only" }, trusts: ["ns1"] },
    });
    expect(clusterOn(servers.production)).toEqual({});
    expect(await production.up()).toMatchObject({ code: 0 });
    const linked = { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] };
    expect(clusterOn(servers.production)).toEqual({ web1: linked, web2: linked });

    servers.staging.clearJournal();
    servers.production.clearJournal();
    example.makeMistake();
    const rejected = await staging.up();
    expect(rejected.code).not.toBe(0);
    expect(missingFrom(rejected, example.readme, mistakeHeading)).toEqual([]);
    expect(await production.up("--expect-no-changes")).toMatchObject({ code: 0 });
    const refused = await production.destroy();
    expect(refused.code).not.toBe(0);
    expect(missingFrom(refused, example.readme, "Take it down")).toEqual([]);
    expect([...writes(servers.staging), ...writes(servers.production)]).toEqual([]);

    example.correctMistake();
    expect(await staging.up("--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await production.run(["state", "unprotect", "--all", "--yes"])).toMatchObject({ code: 0 });
    for (const stack of [staging, production]) expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(allFiles(servers.staging)).toEqual(before.staging);
    expect(allFiles(servers.production)).toEqual(before.production);
  });
});
