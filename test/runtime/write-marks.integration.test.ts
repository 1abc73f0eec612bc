import { halfMade } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { makeMember } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const managed = managedServers();

describe("the mark of a write, by which a cluster's proof sees what is new", () => {
  test("[I] changes with each update, and with no refresh", async () => {
    const { made, inputs } = await makeMember(managed);
    expect(made.properties["written"]).toMatch(/^[\w-]{8}$/);
    managed.simulator.files("web1").write(ns1Entry.role, "standalone");
    const changed = (await managed.provider.read(made))!;
    expect(changed.properties["written"]).toBe(made.properties["written"]);
    expect(changed.inputs).not.toHaveProperty("written");
    const mended = await managed.provider.update("DnsClusterMember", changed, inputs);
    expect(mended.properties["written"]).not.toBe(made.properties["written"]);
  });

  test("[I] is in the state of a write that was not confirmed", async () => {
    const { made, inputs } = await makeMember(managed);
    managed.simulator.fault("web1", "lying-success", { operation: "rename" });
    const update = managed.provider.update("DnsClusterMember", made, { ...inputs, role: "write-only" });
    const { properties } = await halfMade(update);
    expect(properties["written"]).not.toBe(made.properties["written"]);
  });
});
