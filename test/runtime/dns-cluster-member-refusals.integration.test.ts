import { managedServers } from "../helpers/managed-servers";
import { makeMember, makeToken, memberInputs } from "../helpers/resource-inputs";
import { memberFile, ns1Entry, writes } from "../helpers/server-files";

const { file, role, flag } = ns1Entry;
const managed = managedServers();
const web1 = () => managed.simulator.files("web1");
const ns1 = () => managed.simulator.files("ns1");

/** Expects a refusal after which web1 is as it was, and nothing was even tried there. */
async function expectRefusal(inputs: ReturnType<typeof memberInputs>, ...sentences: string[]): Promise<void> {
  const before = web1().snapshot();
  managed.simulator.clearJournal();
  const error = await managed.provider.create("DnsClusterMember", inputs).catch((reason: Error) => reason);
  for (const sentence of sentences) expect((error as Error).message).toContain(sentence);
  expect(web1().snapshot()).toEqual(before);
  expect(writes(managed.simulator)).toEqual([]);
}

describe("an entry that is there already", () => {
  const foreign =
    "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SOMEBODYELSES\nmodule=cPanel\ndebug=1\nmine=yes\n";

  test.each([
    ["with another token", foreign, "standalone", "with role standalone"],
    ["without a role file", foreign, undefined, "without a role that WHM can read"],
    ["of the old form without a version", "root\nns1.example.com\nhash\n", "sync", "with role sync"],
    ["of another module", foreign.replace("cPanel", "imh"), "sync", "with role sync"],
    ["whose member file is lost", undefined, "sync", "a role file without a member file"],
  ])("[I] is not taken over %s", async (_name, text, word, said) => {
    if (text !== undefined) web1().write(file, text);
    if (word !== undefined) web1().write(role, word);
    const inputs = memberInputs(await makeToken(managed));
    await expectRefusal(inputs, "web1", "192.0.2.11", said, "[exists-already]", "adopt: true");
  });

  test("[I] is not taken over when only its role differs", async () => {
    const { inputs } = await makeMember(managed, { role: "standalone" });
    const logicalName = "organization/project/other/DnsClusterMember";
    const stack = "the resource DnsClusterMember of the stack organization/project/stack claims it";
    await expectRefusal({ ...inputs, logicalName, role: "sync" }, "with role standalone", stack);
  });

  test("[I] is taken over with adopt: true, its foreign keys kept", async () => {
    web1().write(file, foreign);
    web1().write(role, "standalone");
    const { inputs } = await makeMember(managed, { adopt: true });
    expect(web1().read(file)).toBe(foreign.replace("SOMEBODYELSES", inputs["token"] as string));
    expect(web1().read(role)).toBe("sync");
  });

  test("[I] of the old form is written anew with adopt: true", async () => {
    web1().write(file, "root\nns1.example.com\nhash\n");
    await makeMember(managed, { adopt: true });
    expect(managed.simulator.members("web1")).toMatchObject([
      { key: "192.0.2.11", role: "sync", entry: { user: "root", host: "ns1.example.com", module: "cPanel" } },
    ]);
  });
});

describe("clustering that is off", () => {
  const other = (key: string, word: string): void => {
    web1().write(memberFile(key), "#version 2.0\nmodule=cPanel\n");
    web1().write(`${memberFile(key)}-dnsrole`, word);
  };

  test("[I] is not turned on while that would revive other members, which are named", async () => {
    other("192.0.2.50", "sync");
    other("imh", "write-only");
    other("192.0.2.51", "standalone");
    const inputs = memberInputs(await makeToken(managed));
    await expectRefusal(inputs, "192.0.2.50, imh [clustering-off]", "enableClustering: true");
  });

  test("[I] is turned on with enableClustering: true", async () => {
    other("192.0.2.50", "sync");
    await makeMember(managed, { enableClustering: true });
    expect(web1().read(flag)).toBe("");
  });

  test("[I] is turned on beside members that nothing is sent to", async () => {
    other("192.0.2.51", "standalone");
    other("192.0.2.52", "sync\r\n");
    await makeMember(managed);
    expect(web1().read(flag)).toBe("");
  });

  test("[I] is turned on again for the member that was alone, also after an interrupted run", async () => {
    const { inputs, made } = await makeMember(managed);
    web1().remove(flag);
    await managed.provider.create("DnsClusterMember", inputs);
    web1().remove(flag);
    await managed.provider.update("DnsClusterMember", made, inputs);
    expect(web1().read(flag)).toBe("");
  });
});

describe("a link that must not be", () => {
  test("[I] to an address of the server itself is refused", async () => {
    const inputs = memberInputs(await makeToken(managed), { peerAddress: "192.0.2.10" });
    await expectRefusal(inputs, "192.0.2.10 is an address of web1 itself", "[own-address]");
  });

  test.each(["sync", "write-only"])(
    "[I] to a nameserver that feeds back with %s is refused",
    async (word) => {
      ns1().write(memberFile("192.0.2.10"), "#version 2.0\nmodule=cPanel\n");
      ns1().write(`${memberFile("192.0.2.10")}-dnsrole`, word);
      const inputs = memberInputs(await makeToken(managed));
      await expectRefusal(inputs, "ns1 already sends zones to web1", "[feeds-back]", "standalone");
    },
  );

  test("[I] to a nameserver that holds a standalone entry is made", async () => {
    ns1().write(memberFile("192.0.2.10"), "#version 2.0\nmodule=cPanel\n");
    ns1().write(`${memberFile("192.0.2.10")}-dnsrole`, "standalone");
    await makeMember(managed);
    expect(web1().read(role)).toBe("sync");
  });
});
