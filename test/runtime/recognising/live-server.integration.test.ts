import { cleanFailure } from "../../helpers/failed-write";
import { withManagedServers, type ManagedServers } from "../../helpers/managed-servers";
import { makeToken, memberInputs, tokenInputs } from "../../helpers/resource-inputs";
import { writes } from "../../helpers/server-files";

/** What is said when web1 is to be linked to ns1: neither a token nor a link is made. */
async function refusal(own: ManagedServers): Promise<string> {
  const inputs = memberInputs("A".repeat(32));
  const message = await cleanFailure(own.provider.create("DnsClusterMember", inputs));
  expect(writes(own.simulator)).toEqual([]);
  return message;
}

/** What is said when a token is to be made on ns1. */
async function refusedToken(own: ManagedServers): Promise<string> {
  const message = await cleanFailure(own.provider.create("ApiToken", tokenInputs()));
  expect(writes(own.simulator)).toEqual([]);
  return message;
}

describe("a server that differs from its declaration", () => {
  test("[I] is refused if it is declared as dnsonly and runs cPanel & WHM", async () => {
    await withManagedServers(
      async (own) => {
        expect(await refusal(own)).toMatch(
          /on ns1: .*declared as dnsonly.*\[differs\]\. Declare it with type: cpanel/,
        );
      },
      { web1: { type: "cpanel" }, ns1: { type: "cpanel", nameserver: true } },
      ({ web1, ns1 }) => ({ web1: web1!, ns1: { ...ns1!, type: "dnsonly" } }),
    );
  });

  test("[I] is refused if it is declared as cpanel and runs DNSOnly", async () => {
    await withManagedServers(
      async (own) => {
        expect(await refusal(own)).toMatch(
          /on web1: .*declared as cpanel.*\[differs\]\. Declare it with type: dnsonly/,
        );
      },
      { web1: { type: "dnsonly" }, ns1: { type: "dnsonly" } },
      ({ web1, ns1 }) => ({ web1: { ...web1!, type: "cpanel" }, ns1: ns1! }),
    );
  });

  test("[I] is refused if its version is below 11, whatever is declared", async () => {
    await withManagedServers(
      async (own) => {
        const words = /on ns1: version 10\.2\.0 runs there.*\[unsupported-version\]/;
        expect(await refusal(own)).toMatch(words);
        expect(await refusedToken(own)).toMatch(words);
      },
      { web1: { type: "cpanel" }, ns1: { type: "dnsonly", version: "10.2.0" } },
    );
  });

  test.each(["11", "11.32.1.0", "136.0.5"])("[I] is accepted with version %s", async (version) => {
    await withManagedServers(
      async (own) => {
        await own.provider.create("DnsClusterMember", memberInputs(await makeToken(own)));
      },
      { web1: { type: "cpanel" }, ns1: { type: "dnsonly", version } },
    );
  });
});
