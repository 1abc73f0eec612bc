import { managedServers } from "../helpers/managed-servers";
import { makeMember } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

jest.setTimeout(60_000);
const managed = managedServers();

const odd: [string, string | Buffer][] = [
  ["nothing", ""],
  ["a line break", "\n"],
  ["NULs", "\0".repeat(100)],
  ["a page", "<html><body>503</body></html>"],
  ["the old form", "root\nns1.example.com\nSECRET\n"],
  ["a version and nothing else", "#version 2.0"],
  ["keys without values", "#version 2.0\nuser\nhost\npass\n=\n==\n"],
  ["CR alone", "#version 2.0\ruser=root\rpass=X\r"],
  ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0x0a, 0xed, 0xa0, 0x80])],
  [
    "a token that is no UTF-8",
    Buffer.from("#version 2.0\nuser=root\nhost=ns1\npass=AB\xff\xfe\nmodule=cPanel\n", "latin1"),
  ],
  [
    "names of a prototype",
    "#version 2.0\n__proto__=x\nconstructor=y\nuser=__proto__\nhost=toString\npass=z\n",
  ],
  ["a line of a megabyte", `#version 2.0\nuser=${"x".repeat(1_000_000)}\npass=X\nmodule=cPanel\n`],
  ["a hundred thousand lines", `#version 2.0\n${"a=b\n".repeat(100_000)}`],
];

const files: [string, string][] = [
  ["member file", ns1Entry.file],
  ["role file", ns1Entry.role],
];

const cases = files.flatMap(([what, path]) => odd.map(([name, text]) => [what, name, path, text] as const));

test.each(cases)("[I] a %s with %s is reported as changed and repaired", async (_what, _name, path, text) => {
  const { made, inputs } = await makeMember(managed, { enableClustering: true });
  managed.simulator.files("web1").write(path, text);
  const found = await managed.provider.read(made);
  expect(found?.properties["peer"]).toBe("ns1");
  expect(found?.properties).not.toEqual(made.properties);
  const mended = await managed.provider.update("DnsClusterMember", found ?? made, inputs);
  expect(mended.properties["token"]).toBe(inputs["token"]);
  expect(managed.simulator.members("web1")).toMatchObject([{ key: "192.0.2.11", role: "sync" }]);
});

test.each(odd)("[I] trusted addresses can be added and removed beside %s", async (_name, text) => {
  const path = "/etc/ips.remotedns";
  managed.simulator.files("web1").write(path, text);
  const before = managed.simulator.files("web1").snapshot("/etc");
  const made = await managed.provider.create("TrustedRemoteIp", { server: "web1", address: "192.0.2.53" });
  expect(managed.simulator.files("web1").read(path)).toContain("192.0.2.53");
  await managed.provider.delete(made);
  expect(managed.simulator.files("web1").snapshot("/etc")).toEqual(before);
});

test.each([...files, ["file of trusted addresses", "/etc/ips.remotedns"]])(
  "[I] a %s of tens of megabytes is reported as an error and stays as it is",
  async (_what, path) => {
    const { made } = await makeMember(managed, { enableClustering: true });
    const line = await managed.provider.create("TrustedRemoteIp", { server: "web1", address: "192.0.2.53" });
    managed.simulator.files("web1").write(path, Buffer.alloc(40 * 1024 * 1024, "x\n"));
    managed.simulator.clearJournal();
    const resource = path.startsWith("/etc") ? line : made;
    await expect(managed.provider.read(resource)).rejects.toThrow(/\[unexpected-reply\]/);
    await expect(managed.provider.delete(resource)).rejects.toThrow(/\[unexpected-reply\]/);
    expect(managed.simulator.files("web1").read(path)).toHaveLength(40 * 1024 * 1024);
  },
);
