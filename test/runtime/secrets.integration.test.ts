import { withManagedServers } from "../helpers/managed-servers";
import type { FaultName } from "../../provider/simulator/faults";
import { memberInputs, tokenInputs, trustInputs } from "../helpers/resource-inputs";

const faults: [FaultName, object][] = [
  ["legacy-403", { door: "api" }],
  ["html", { door: "api" }],
  ["truncated", { door: "api" }],
  ["half-applied", {}],
  ["lying-success", {}],
  ["reset-after", { door: "sftp", operation: "rename" }],
  ["disk-full", {}],
  ["read-only", {}],
  ["no-forwarding", {}],
  ["host-key-changed", {}],
];

test.each(faults)("[I] no secret is printed or returned when something fails by %s", async (fault, how) => {
  await withManagedServers(
    async ({ provider, simulator }) => {
      const token = await provider.create("ApiToken", tokenInputs());
      const secret = token.properties["token"] as string;
      for (const server of ["web1", "web2", "ns1"]) simulator.fault(server, fault, how);
      const works = [
        () => provider.create("DnsClusterMember", memberInputs(secret)),
        () =>
          provider.create(
            "ReverseTrust",
            trustInputs(secret, { server: "ns1", serverAddress: "192.0.2.11" }),
          ),
        () => provider.update("ApiToken", token, tokenInputs({ acls: ["status"] })),
        () => provider.create("TrustedRemoteIp", { server: "web1", address: "192.0.2.53" }),
        () => provider.delete(token),
      ];
      const told: string[] = [];
      for (const work of works) told.push(await work().then(String, ({ message }: Error) => message));
      const everything = [...told, provider.printed(), JSON.stringify(simulator.journal())].join("\n");
      const logins = Object.values(simulator.servers).map(({ api }) => api!.token!);
      for (const each of [secret, ...logins]) expect(everything).not.toContain(each);
      expect(everything).not.toContain("PRIVATE KEY");
      expect(everything).not.toMatch(/\n\s+at .*\.js:\d+/);
    },
    { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, web2: { type: "cpanel" } },
  );
});
