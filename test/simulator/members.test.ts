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
    "[U] the role %s is known, with or without a line feed",
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
    ["the documentation's word", "synchronize"],
    ["capitals", "Sync"],
    ["nothing", ""],
  ])("[U] a role file with %s makes the member vanish", (_, text) => {
    expect(listMembers(withFiles({ "192.0.2.1": entry, "192.0.2.1-dnsrole": text }))).toEqual([]);
  });

  test("[U] a member file without a role file is not listed", () => {
    expect(listMembers(withFiles({ "192.0.2.1": entry }))).toEqual([]);
  });

  test("[U] a role file without a member file is listed, with nothing behind it", () => {
    const members = listMembers(withFiles({ "192.0.2.1-dnsrole": "sync" }));
    expect(members).toEqual([{ key: "192.0.2.1", role: "sync", entry: undefined }]);
  });

  test("[U] only the last suffix is cut off a name with dashes", () => {
    const files = withFiles({ "whmcs-dns-bridge": entry, "whmcs-dns-bridge-dnsrole": "write-only" });
    expect(listMembers(files).map(({ key }) => key)).toEqual(["whmcs-dns-bridge"]);
  });

  test("[U] caches, state files and dot files are no members", () => {
    const files = withFiles({
      "192.0.2.1.cache": "{}",
      "192.0.2.1-state.json": "{}",
      ".192.0.2.1-dnsrole": "sync",
    });
    expect(listMembers(files)).toEqual([]);
  });

  test("[U] each user has members of his own", () => {
    const files = withFiles({ "192.0.2.1-dnsrole": "sync" });
    files.writeText("/var/cpanel/cluster/reseller/config/192.0.2.9-dnsrole", "standalone");
    expect(listMembers(files, "reseller").map(({ key }) => key)).toEqual(["192.0.2.9"]);
    expect(listMembers(files, "nobody")).toEqual([]);
  });

  test("[U] a member file is split at the first equals sign and at either line end", () => {
    const text = "#version 2.0\r\nuser=root\r\nhost=a=b\r\npass=P\r\nmodule=imh\r\nextra=1\r\ndebug=on\r\n";
    expect(parseMember(text)).toEqual({ user: "root", host: "a=b", pass: "P", module: "imh", debug: true });
  });

  test("[U] a file of the old form is read, but has no module", () => {
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
