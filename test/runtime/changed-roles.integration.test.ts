import { managedServers } from "../helpers/managed-servers";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { memberFile } from "../helpers/server-files";

const webServers = ["web1", "web2", "web3", "web4", "web5"];
const managed = managedServers({
  ...Object.fromEntries(webServers.map((name) => [name, { type: "cpanel" as const }])),
  ns1: { type: "dnsonly" },
});

test("[I] roles of several servers that feed one nameserver change one after the other", async () => {
  const { provider, simulator } = managed;
  const peerAddress = simulator.servers["ns1"]!.address!;
  const token = await provider.create(
    "ApiToken",
    tokenInputs({ server: "ns1", whitelistIps: [], users: webServers }),
  );
  const inputsOf = (server: string, role: string) =>
    memberInputs(token.properties["token"] as string, {
      server,
      peer: "ns1",
      peerAddress,
      role,
      logicalName: `project/stack/${server}-ns1`,
    });
  const made = await Promise.all(
    webServers.map((server) => provider.create("DnsClusterMember", inputsOf(server, "sync"))),
  );
  simulator.clearJournal();

  await Promise.all(
    made.map((member, at) =>
      provider.update("DnsClusterMember", member, inputsOf(webServers[at]!, "standalone")),
    ),
  );

  // A role that only stops a link asks nobody: everything here belongs to the change.
  const turns = simulator
    .journal()
    .map(({ server }) => server)
    .filter((name, at, all) => name !== all[at - 1]);
  expect(turns.sort()).toEqual(webServers);
  const roles = webServers.map((name) => simulator.files(name).read(`${memberFile(peerAddress)}-dnsrole`));
  expect(new Set(roles)).toEqual(new Set(["standalone"]));
});
