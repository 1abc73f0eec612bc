import { startBed, type Bed } from "../bed/bed";
import { directories } from "../bed/directories";
import { ProviderProcess } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { tokenFile } from "../helpers/stored-tokens";

jest.setTimeout(60_000);
const directory = directories();

let bed: Bed;
beforeAll(async () => {
  bed = await startBed({
    servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly", commandLine: true } },
  });
});
afterAll(() => bed.stop());

test("[E] whmapi1 over OpenSSH makes, reads and revokes a token", async () => {
  const { web1, ns1 } = bed.servers;
  const { api: _api, ...overSsh } = ns1!;
  const before = bed.files("ns1").read(tokenFile);
  const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify({ web1, ns1: overSsh }) });
  try {
    const made = await provider.create("ApiToken", tokenInputs({ whitelistIps: [web1!.address!] }));
    expect(bed.files("ns1").read(tokenFile)).toContain(made.properties["tokenName"]);
    expect(await provider.read(made)).toMatchObject({ id: made.id, inputs: {} });
    await provider.delete(made);
    expect(bed.files("ns1").read(tokenFile)).toBe(before);
  } finally {
    await provider.stop();
  }
  expect(new Set(bed.journal().map(({ door }) => door))).toEqual(new Set(["exec"]));
});

test("[E] 40 commands at once on one connection stay under sshd's MaxSessions", async () => {
  const server = directory(bed.servers).get("ns1");
  const logins = bed.sshd.count("Accepted publickey");
  const command = ["/usr/local/cpanel/bin/whmapi1", "--output=json", "version"];
  const results = await Promise.all(Array.from({ length: 40 }, () => server.run(command)));
  expect(results.filter(({ stdout }) => !stdout.includes('"version":"11.136.0.5"'))).toEqual([]);
  expect(bed.sshd.count("Accepted publickey") - logins).toBe(1);
});
