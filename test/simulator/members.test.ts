import { listMembers, parseMember } from "../../provider/simulator/members";
import { VirtualFiles } from "../../provider/simulator/virtual-files";

const directory = "/var/cpanel/cluster/root/config";
const entry = "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SECRET\nmodule=cPanel\ndebug=0\n";

function withFiles(texts: Record<string, string>): VirtualFiles {
  const files = new VirtualFiles(() => 0);
  for (const [name, text] of Object.entries(texts)) files.writeText(`${directory}/${name}`, text);
  return files;
}

describe("members as WHM reads them", () => {
  test.each(["sync", "write-only", "standalone"])(
    "[U] are found with the role %s, with or without a line feed",
    (role) => {
      const files = withFiles({
        "192.0.2.1": entry,
        "192.0.2.1-dnsrole": role,
        "192.0.2.2-dnsrole": `${role}\n`,
      });
      expect(listMembers(files).map((member) => [member.key, member.role])).toEqual([
        ["192.0.2.1", role],
        ["192.0.2.2", role],
      ]);
    },
  );

  test.each([
    ["CRLF", "sync\r\n"],
    ["a carriage return", "sync\r"],
    ["a trailing blank", "sync "],
    ["a leading blank", " sync"],
    ["two line feeds", "sync\n\n"],
    ["the documentation's role word", "synchronize"],
    ["capitals", "Sync"],
    ["no content", ""],
  ])("[U] are invisible if the role file has %s", (_, text) => {
    expect(listMembers(withFiles({ "192.0.2.1": entry, "192.0.2.1-dnsrole": text }))).toEqual([]);
  });

  test("[U] are not listed without a role file", () => {
    expect(listMembers(withFiles({ "192.0.2.1": entry }))).toEqual([]);
  });

  test("[U] are listed without an entry if only the role file exists", () => {
    const members = listMembers(withFiles({ "192.0.2.1-dnsrole": "sync" }));
    expect(members).toEqual([{ key: "192.0.2.1", role: "sync", entry: undefined }]);
  });

  test("[U] lose only the last suffix of a name with dashes", () => {
    const files = withFiles({ "whmcs-dns-bridge": entry, "whmcs-dns-bridge-dnsrole": "write-only" });
    expect(listMembers(files).map(({ key }) => key)).toEqual(["whmcs-dns-bridge"]);
  });

  test("[U] do not include caches, state files and dot files", () => {
    const files = withFiles({
      "192.0.2.1.cache": "{}",
      "192.0.2.1-state.json": "{}",
      ".192.0.2.1-dnsrole": "sync",
    });
    expect(listMembers(files)).toEqual([]);
  });

  test("[U] are separate for each user", () => {
    const files = withFiles({ "192.0.2.1-dnsrole": "sync" });
    files.writeText("/var/cpanel/cluster/reseller/config/192.0.2.9-dnsrole", "standalone");
    expect(listMembers(files, "reseller").map(({ key }) => key)).toEqual(["192.0.2.9"]);
    expect(listMembers(files, "nobody")).toEqual([]);
  });

  test("[U] are split at the first equals sign and at either line end", () => {
    const text = "#version 2.0\r\nuser=root\r\nhost=a=b\r\npass=P\r\nmodule=imh\r\nextra=1\r\ndebug=on\r\n";
    expect(parseMember(text)).toEqual({ user: "root", host: "a=b", pass: "P", module: "imh", debug: true });
  });

  test("[U] have no module in a file of the old format", () => {
    const old = parseMember("root\nns1.example.com\nline1\nline2\n");
    expect(old).toEqual({
      user: "root",
      host: "ns1.example.com",
      pass: "line1\nline2",
      module: undefined,
      debug: false,
    });
  });
});
