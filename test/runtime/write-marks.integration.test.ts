import { halfMade } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { makeMember } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const managed = managedServers();

describe("the mark of a write, by which a cluster's proof sees what is new", () => {
  test("[I] changes with each update and with what somebody else has changed, and not when nothing has", async () => {
    const { made, inputs } = await makeMember(managed);
    const same = (await managed.provider.read(made))!;
    expect(same.properties["written"]).toBe(made.properties["written"]);
    expect(made.properties["written"]).toMatch(/^[\w-]{8}$/);

    managed.simulator.files("web1").write(ns1Entry.role, "standalone");
    const changed = (await managed.provider.read(made))!;
    expect(changed.properties["written"]).not.toBe(made.properties["written"]);
    expect(changed.inputs).not.toHaveProperty("written");
    const later = (await managed.provider.read(changed))!;
    expect(later.properties["written"]).toBe(changed.properties["written"]);

    const mended = await managed.provider.update("DnsClusterMember", changed, inputs);
    expect(mended.properties["written"]).not.toBe(changed.properties["written"]);
  });

  test("[I] is in the state of a write that was not confirmed", async () => {
    const { made, inputs } = await makeMember(managed);
    managed.simulator.fault("web1", "lying-success", { operation: "rename" });
    const update = managed.provider.update("DnsClusterMember", made, { ...inputs, role: "write-only" });
    const { properties } = await halfMade(update);
    expect(properties["written"]).not.toBe(made.properties["written"]);
  });
});
