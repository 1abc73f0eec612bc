import { startTestbed, type Testbed } from "../testbed/testbed";
import { directories } from "../testbed/directories";
import { ProviderProcess } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { tokenFile } from "../helpers/stored-tokens";

jest.setTimeout(60_000);
const directory = directories();

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({
    servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly", commandLine: true } },
  });
});
afterAll(() => testbed.stop());

test("[E] whmapi1 over OpenSSH creates, reads and revokes a token", async () => {
  const { web1, ns1 } = testbed.servers;
  const { api: _api, ...overSsh } = ns1!;
  const before = testbed.files("ns1").read(tokenFile);
  const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify({ web1, ns1: overSsh }) });
  try {
    const made = await provider.create("ApiToken", tokenInputs({ whitelistIps: [web1!.address!] }));
    expect(testbed.files("ns1").read(tokenFile)).toContain(made.properties["tokenName"]);
    expect(await provider.read(made)).toMatchObject({ id: made.id, inputs: {} });
    await provider.delete(made);
    expect(testbed.files("ns1").read(tokenFile)).toBe(before);
  } finally {
    await provider.stop();
  }
  expect(new Set(testbed.journal().map(({ door }) => door))).toEqual(new Set(["exec"]));
});

test("[E] 40 concurrent commands on one connection stay under sshd's MaxSessions", async () => {
  const server = directory(testbed.servers).get("ns1");
  const logins = testbed.sshd.count("Accepted publickey");
  const command = ["/usr/local/cpanel/bin/whmapi1", "--output=json", "version"];
  const results = await Promise.all(Array.from({ length: 40 }, () => server.run(command)));
  expect(results.filter(({ stdout }) => !stdout.includes('"version":"11.136.0.5"'))).toEqual([]);
  expect(testbed.sshd.count("Accepted publickey") - logins).toBe(1);
});
