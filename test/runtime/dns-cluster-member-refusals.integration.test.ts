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

describe("an existing entry", () => {
  const foreign =
    "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SOMEBODYELSES\nmodule=cPanel\ndebug=1\nmine=yes\n";

  test.each([
    ["with another token", foreign, "standalone", "with role standalone"],
    ["without a role file", foreign, undefined, "without a role that WHM can read"],
    ["in the old format without a version", "root\nns1.example.com\nhash\n", "sync", "with role sync"],
    ["with another module", foreign.replace("cPanel", "imh"), "sync", "with role sync"],
    ["without a member file", undefined, "sync", "a role file without a member file"],
  ])("[I] is not adopted %s", async (_name, text, word, said) => {
    if (text !== undefined) web1().write(file, text);
    if (word !== undefined) web1().write(role, word);
    const inputs = memberInputs(await makeToken(managed));
    await expectRefusal(inputs, "web1", "192.0.2.11", said, "[exists-already]", "adopt: true");
  });

  test("[I] is not adopted if only its role differs", async () => {
    const { inputs } = await makeMember(managed, { role: "standalone" });
    const logicalName = "organization/project/other/DnsClusterMember";
    const stack = "the resource DnsClusterMember of the stack organization/project/stack claims it";
    await expectRefusal({ ...inputs, logicalName, role: "sync" }, "with role standalone", stack);
  });

  test("[I] is adopted with adopt: true and keeps its foreign keys", async () => {
    web1().write(file, foreign);
    web1().write(role, "standalone");
    const { inputs } = await makeMember(managed, { adopt: true });
    expect(web1().read(file)).toBe(foreign.replace("SOMEBODYELSES", inputs["token"] as string));
    expect(web1().read(role)).toBe("sync");
  });

  test("[I] in the old format is written again with adopt: true", async () => {
    web1().write(file, "root\nns1.example.com\nhash\n");
    await makeMember(managed, { adopt: true });
    expect(managed.simulator.members("web1")).toMatchObject([
      { key: "192.0.2.11", role: "sync", entry: { user: "root", host: "ns1.example.com", module: "cPanel" } },
    ]);
  });
});

describe("disabled clustering", () => {
  const other = (key: string, word: string): void => {
    web1().write(memberFile(key), "#version 2.0\nmodule=cPanel\n");
    web1().write(`${memberFile(key)}-dnsrole`, word);
  };

  test("[I] stays off while enabling it would revive other members, and the error names them", async () => {
    other("192.0.2.50", "sync");
    other("imh", "write-only");
    other("192.0.2.51", "standalone");
    const inputs = memberInputs(await makeToken(managed));
    await expectRefusal(inputs, "192.0.2.50, imh [clustering-off]", "enableClustering: true");
  });

  test("[I] is enabled with enableClustering: true", async () => {
    other("192.0.2.50", "sync");
    await makeMember(managed, { enableClustering: true });
    expect(web1().read(flag)).toBe("");
  });

  test("[I] is enabled beside members that receive nothing", async () => {
    other("192.0.2.51", "standalone");
    other("192.0.2.52", "sync\r\n");
    await makeMember(managed);
    expect(web1().read(flag)).toBe("");
  });

  test("[I] is enabled again for a member that was the only one, also after an interrupted run", async () => {
    const { inputs, made } = await makeMember(managed);
    web1().remove(flag);
    await managed.provider.create("DnsClusterMember", inputs);
    web1().remove(flag);
    await managed.provider.update("DnsClusterMember", made, inputs);
    expect(web1().read(flag)).toBe("");
  });
});

describe("a forbidden link", () => {
  test("[I] is refused if it leads to an address of the server itself", async () => {
    const inputs = memberInputs(await makeToken(managed), { peerAddress: "192.0.2.10" });
    await expectRefusal(inputs, "192.0.2.10 is an address of web1 itself", "[own-address]");
  });

  test.each(["sync", "write-only"])(
    "[I] is refused if it leads to a nameserver that feeds back with %s",
    async (word) => {
      ns1().write(memberFile("192.0.2.10"), "#version 2.0\nmodule=cPanel\n");
      ns1().write(`${memberFile("192.0.2.10")}-dnsrole`, word);
      const inputs = memberInputs(await makeToken(managed));
      await expectRefusal(inputs, "ns1 already sends zones to web1", "[feeds-back]", "standalone");
    },
  );

  test("[I] is accepted if it leads to a nameserver with a standalone entry", async () => {
    ns1().write(memberFile("192.0.2.10"), "#version 2.0\nmodule=cPanel\n");
    ns1().write(`${memberFile("192.0.2.10")}-dnsrole`, "standalone");
    await makeMember(managed);
    expect(web1().read(role)).toBe("sync");
  });
});
