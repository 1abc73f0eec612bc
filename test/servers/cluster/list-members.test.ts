import { listFedMembers, resellersWithMember } from "../../../provider/servers/cluster/list-members";
import { memberOfRoleFile } from "../../../provider/servers/cluster/paths";
import type { Server } from "../../../provider/servers";

/** A server with these files. */
function holding(files: Record<string, string>): Server {
  const list = (directory: string): Promise<string[] | undefined> => {
    const below = Object.keys(files).filter((path) => path.startsWith(`${directory}/`));
    const names = below.map((path) => path.slice(directory.length + 1).split("/")[0]!);
    return Promise.resolve(below.length > 0 ? [...new Set(names)].sort() : undefined);
  };
  const read = (path: string): Promise<string | undefined> => Promise.resolve(files[path]);
  return { files: () => Promise.resolve({ list, listFiles: list, read }) } as unknown as Server;
}

const root = "/var/cpanel/cluster/root/config";

test("[U] members are found by their role files, and two of the three roles feed them", async () => {
  const server = holding({
    [`${root}/10.0.0.1-dnsrole`]: "sync\n",
    [`${root}/10.0.0.2-dnsrole`]: "write-only",
    [`${root}/10.0.0.3-dnsrole`]: "standalone",
    [`${root}/10.0.0.4-dnsrole`]: "sync\r\n",
    [`${root}/10.0.0.5`]: "#version 2.0\n",
    [`${root}/my-dns-dnsrole`]: "sync",
  });
  expect(await listFedMembers(server)).toEqual([
    { key: "10.0.0.1", role: "sync" },
    { key: "10.0.0.2", role: "write-only" },
    { key: "my-dns", role: "sync" },
  ]);
});

test("[U] a server without a DNS cluster has no members", async () => {
  expect(await listFedMembers(holding({}))).toEqual([]);
  expect(await resellersWithMember(holding({}), "10.0.0.1")).toEqual([]);
});

test("[U] resellers that hold the member are named, but not root", async () => {
  const cluster = "/var/cpanel/cluster";
  const server = holding({
    [`${cluster}/root/config/10.0.0.1-dnsrole`]: "sync",
    [`${cluster}/bob/config/10.0.0.1-dnsrole`]: "sync",
    [`${cluster}/alice/config/10.0.0.1-dnsrole`]: "standalone",
    [`${cluster}/carol/config/10.0.0.10-dnsrole`]: "sync",
    [`${cluster}/dave/uniquedns`]: "",
  });
  expect(await resellersWithMember(server, "10.0.0.1")).toEqual(["alice", "bob"]);
});

test.each([
  ["10.0.0.1-dnsrole", "10.0.0.1"],
  ["a-dnsrole-dnsrole", "a-dnsrole"],
  ["10.0.0.1", undefined],
  ["10.0.0.1-dnsrole.bak", undefined],
])("[U] the role file %s belongs to %s", (file, member) => {
  expect(memberOfRoleFile(file)).toBe(member);
});
