import * as whm from "../../../provider";
import { mockEngine, registrations, type MockedResource } from "../../helpers/mocked-engine";

// A program whose folder has no @pulumi/command: it is an optional peer, so that Pulumi downloads no plugin for nothing.

let reason: Error;
jest.mock("@pulumi/command", () => {
  throw reason;
});

const web1 = { type: "cpanel", address: "192.0.2.10" } as const;
const ns1 = { type: "dnsonly", address: "192.0.2.53" } as const;
const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPLACEHOLDER";
const connection = { host: "web1.example.com", privateKey: "PLANTEDKEY", hostKey };
const cluster = (syncAfterChange: boolean): whm.DnsCluster =>
  new whm.DnsCluster("prod", {
    ...whm.directLinks({ webServers: { web1: { ...web1, connection } }, nameservers: { ns1 } }),
    syncAfterChange,
  });

describe("without @pulumi/command", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
    reason = Object.assign(new Error("Cannot find module '@pulumi/command'"), { code: "MODULE_NOT_FOUND" });
  });

  test("[U] a cluster is made as ever", async () => {
    cluster(false);
    await registrations();
    expect(registered.length).toBeGreaterThan(5);
  });

  test("[U] syncAfterChange is refused before anything is made, with the command that installs it", async () => {
    expect(() => cluster(true)).toThrow(
      "syncAfterChange of the cluster prod runs through @pulumi/command, which is not installed. Install it in the program's " +
        "folder, npm install @pulumi/command, or leave syncAfterChange out.",
    );
    await registrations();
    expect(registered.filter(({ type }) => type.includes("dynamic"))).toEqual([]);
  });

  test("[U] a package that is there and broken says so itself", () => {
    reason = new SyntaxError("Unexpected token");
    expect(() => cluster(true)).toThrow("Unexpected token");
  });
});
