import { managedServers } from "../helpers/managed-servers";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { memberFile } from "../helpers/server-files";
import { storedTokens } from "../helpers/stored-tokens";

const nameservers = Array.from({ length: 30 }, (_, index) => `ns${index + 1}`);
const servers: Record<string, { type: "cpanel" | "dnsonly" }> = { web1: { type: "cpanel" } };
for (const name of nameservers) servers[name] = { type: "dnsonly" };
const managed = managedServers(servers);
const addressOf = (name: string): string => managed.simulator.servers[name]!.address!;

/** web1's link to one of them, with a token of its own. */
async function link(name: string) {
  const token = await managed.provider.create(
    "ApiToken",
    tokenInputs({ server: name, logicalName: `project/stack/${name}-for-web1` }),
  );
  const inputs = memberInputs(token.properties["token"] as string, {
    peer: name,
    peerAddress: addressOf(name),
    peerHostname: `${name}.example.com`,
  });
  return { token, member: await managed.provider.create("DnsClusterMember", inputs) };
}

test("[I] thirty concurrent members of one server are all complete, with one SSH log-in for each server", async () => {
  const made = await Promise.all(nameservers.map(link));
  const members = managed.simulator.members("web1");
  expect(members.map(({ key }) => key).sort()).toEqual(nameservers.map(addressOf).sort());
  expect(members.every(({ role, entry }) => role === "sync" && entry?.module === "cPanel")).toBe(true);
  const logins = managed.simulator
    .journal()
    .filter(({ door, operation }) => door === "ssh" && operation === "login");
  expect(new Set(logins.map(({ server }) => server)).size).toBe(logins.length);

  await Promise.all(made.map(({ member }) => managed.provider.delete(member)));
  expect(managed.simulator.files("web1").list(memberFile("").slice(0, -1))).toEqual([]);
  await Promise.all(made.map(({ token }) => managed.provider.delete(token)));
  expect(nameservers.flatMap((name) => storedTokens(managed.simulator, name))).toEqual([]);
});
