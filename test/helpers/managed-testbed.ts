import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startTestbed, type Testbed } from "../testbed/testbed";
import { ProviderProcess, type CreatedResource } from "./provider-process";
import { memberInputs, tokenInputs } from "./resource-inputs";

type Values = CreatedResource["properties"];

/** A web server and a nameserver behind OpenSSH's own server, and the provider process that manages them. */
export interface ManagedTestbed {
  readonly testbed: Testbed;
  readonly provider: ProviderProcess;
  /** Where a file of web1 lies on this machine. */
  place(path: string): string;
  /** Inputs of web1's link to ns1 with a token that ns1 knows. */
  memberInputs(more?: Values): Values;
  /** Makes web1's link to ns1. */
  makeMember(more?: Values): Promise<CreatedResource>;
  /** Adds a trusted address of web1. */
  trust(address: string): Promise<CreatedResource>;
}

/** Servers for all tests of a file; each test finds web1 without members and without trusted addresses. */
export function managedTestbed(): ManagedTestbed {
  const managed = {} as { testbed: Testbed; provider: ProviderProcess; token: string };
  beforeAll(async () => {
    const testbed = await startTestbed({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
    const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(testbed.servers) });
    Object.assign(managed, { testbed, provider });
    const inputs = tokenInputs({ whitelistIps: [testbed.servers["web1"]!.address!] });
    const made = await provider.create("ApiToken", inputs);
    managed.token = made.properties["token"] as string;
  }, 60_000);
  beforeEach(() => renew(managed.testbed.folderOf("web1")));
  afterAll(async () => {
    await managed.provider?.stop();
    await managed.testbed?.stop();
    for (const name of ["web1", "ns1"]) rmSync(managed.testbed.folderOf(name), { recursive: true });
  });
  return Object.assign(managed, methods(managed));
}

function methods(managed: {
  testbed: Testbed;
  provider: ProviderProcess;
  token: string;
}): Omit<ManagedTestbed, "testbed" | "provider"> {
  const inputsOf = (more: Values = {}): Values => {
    const { address, hostname } = managed.testbed.servers["ns1"]!;
    return memberInputs(managed.token, { peerAddress: address!, peerHostname: hostname!, ...more });
  };
  return {
    place: (path) => join(managed.testbed.folderOf("web1"), path),
    memberInputs: inputsOf,
    makeMember: (more) => managed.provider.create("DnsClusterMember", inputsOf(more)),
    trust: (address) => managed.provider.create("TrustedRemoteIp", { server: "web1", address }),
  };
}

/** What lies in /etc of every machine, whatever is installed on it. */
const ofMachine = ["hostname", "machine-id"];

/** Directories as the product's installer makes them, and nothing of a cluster in them. */
function renew(folder: string): void {
  for (const path of [
    "var/cpanel/.pulumi-whm",
    "var/cpanel/cluster",
    "var/cpanel/useclusteringdns",
    "var/cpanel/clusterqueue",
  ]) {
    rmSync(join(folder, path), { recursive: true, force: true });
  }
  const etc = join(folder, "etc");
  mkdirSync(etc, { recursive: true });
  chmodSync(etc, 0o755);
  const goes = (name: string) => !ofMachine.includes(name) && !lstatSync(join(etc, name)).isDirectory();
  for (const name of readdirSync(etc).filter(goes)) rmSync(join(etc, name));
}
