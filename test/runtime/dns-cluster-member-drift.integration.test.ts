import { managedServers } from "../helpers/managed-servers";
import { changes } from "../helpers/provider-process";
import { makeMember, memberInputs } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const { file: entry, role: roleFile, flag, down: downFlag } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");

describe("reading a member", () => {
  const read = async (change: () => void) => {
    const { made } = await makeMember(managed);
    change();
    managed.simulator.clearJournal();
    const found = await managed.provider.read(made);
    expect(managed.simulator.journal().filter((event) => event.write)).toEqual([]);
    return { made, found };
  };

  test("[I] finds no change and returns no inputs", async () => {
    const { made, found } = await read(() => undefined);
    expect(found).toEqual({ ...made, inputs: {} });
  });

  test.each([
    ["a changed role", { role: "standalone" }, () => web1().write(roleFile, "standalone")],
    [
      "a role file that WHM cannot read",
      { role: 'missing: the role file holds "sync\\r\\n"' },
      () => web1().write(roleFile, "sync\r\n"),
    ],
    [
      "an additional line feed",
      { role: 'missing: the role file holds "sync\\n\\n"' },
      () => web1().write(roleFile, "sync\n\n"),
    ],
    [
      "the long role word",
      { role: 'missing: the role file holds "synchronize"' },
      () => web1().write(roleFile, "synchronize"),
    ],
    ["a lost role file", { role: "missing: there is no role file" }, () => web1().remove(roleFile)],
    [
      "a changed host name",
      { peerHostname: "other.example.com" },
      () => edit("host=ns1.example.com", "host=other.example.com"),
    ],
    ["a changed user", { user: "reseller" }, () => edit("user=root", "user=reseller")],
    [
      "a lost member file",
      { role: "missing: there is no member file", peerHostname: "", user: "" },
      () => web1().remove(entry),
    ],
    [
      "a member that WHM has switched off",
      { disabled: "11001: 2 of 5 calls failed" },
      () => {
        web1().write(downFlag.replace(/-down$/, ""), "11001");
        web1().write(downFlag, "");
      },
    ],
    ["a lost claim", { unclaimed: true }, () => web1().remove("/var/cpanel/.pulumi-whm")],
    ["clustering turned off", { clusteringOff: true }, () => web1().remove(flag)],
  ])("[I] reports %s, and a diff finds it", async (_name, drift, change) => {
    const { made, found } = await read(change);
    expect(found!.properties).toMatchObject(drift);
    expect(found!.inputs).toMatchObject(drift);
    const declared = memberInputs(made.properties["token"] as string);
    const difference = await managed.provider.diff("DnsClusterMember", found!, declared);
    expect(difference).not.toMatchObject({ changes: changes.none });
    await managed.provider.update("DnsClusterMember", found!, declared);
    const repaired = await managed.provider.read(made);
    const host = expect.any(String) as string;
    expect(repaired).toEqual({ ...made, properties: { ...made.properties, host }, inputs: {} });
  });

  test("[I] reports a changed token, which the engine keeps secret like the one before", async () => {
    const { made, found } = await read(() => edit(/pass=.*/, "pass=FOREIGNSECRETFOREIGNSECRETFOREIGN"));
    expect(found!.properties["token"]).toBe("FOREIGNSECRETFOREIGNSECRETFOREIGN");
    expect(found!.inputs["token"]).toBe("FOREIGNSECRETFOREIGNSECRETFOREIGN");
    const declared = memberInputs(made.properties["token"] as string);
    expect(await managed.provider.diff("DnsClusterMember", found!, declared)).toMatchObject({
      changes: changes.unknown,
    });
  });

  test("[I] does not report one line feed after the role word as drift", async () => {
    const { made, found } = await read(() => web1().write(roleFile, "sync\n"));
    expect(found).toEqual({ ...made, inputs: {} });
  });

  test("[I] reports it as gone if both files are gone", async () => {
    const { found } = await read(() => web1().remove("/var/cpanel/cluster"));
    expect(found).toBeUndefined();
  });

  function edit(from: string | RegExp, to: string): void {
    web1().write(entry, web1().read(entry)!.replace(from, to));
  }
});
