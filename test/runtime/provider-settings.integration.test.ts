import { providerText } from "../../provider/resources/dynamic";
import type { ServersInput } from "../../provider/schema/server";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { cleanFailure } from "../helpers/failed-write";
import { withManagedServers } from "../helpers/managed-servers";
import { ProviderProcess } from "../helpers/provider-process";
import { makeMember, memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";

const line = { server: "web1", address: "192.0.2.53" };

/** Runs a process of which only the configuration matters. */
async function withSettings(
  settings: Record<string, string>,
  work: (provider: ProviderProcess) => Promise<void>,
): Promise<void> {
  const provider = await ProviderProcess.start(settings);
  try {
    await work(provider);
  } finally {
    await provider.stop();
  }
}

describe("provider settings that lead to no server", () => {
  const secret = "PLANTEDSECRETPLANTEDSECRETPLANTE";
  const server = { type: "cpanel", address: "192.0.2.10" };

  test.each([
    ["no settings", undefined, /knows no servers.*whm\.Provider.*whm:servers/],
    ["text that is not JSON", `{"web1": ${secret}`, /whm:servers is not JSON/],
    [
      "a field of the wrong kind",
      { web1: { ...server, type: secret } },
      /web1\.type: must be cpanel or dnsonly/,
    ],
    ["a misspelt field", { web1: { ...server, conection: { password: secret } } }, /conection/],
    ["another server", { web2: server }, /no server named web1 \[unknown-server\]\. Did you mean web2\?/],
    [
      "a server without a connection",
      { web1: server },
      /on web1: .*no `connection` \[missing-credential\]\. Add connection/,
    ],
    [
      "an environment variable that is not set",
      { web1: { ...server, connection: { host: "127.0.0.1", passwordEnv: "NO_SUCH_VARIABLE_HERE" } } },
      /on web1: .*NO_SUCH_VARIABLE_HERE.*\[missing-credential\]/,
    ],
    [
      "a missing key file",
      { web1: { ...server, connection: { host: "127.0.0.1", privateKeyFile: "/nonexistent/key" } } },
      /on web1: .*\/nonexistent\/key.*\[missing-credential\]/,
    ],
    [
      "a host with an unknown key",
      {
        web1: { ...server, connection: { host: "127.0.0.1", port: 1, password: secret, dialErrorLimit: 1 } },
      },
      /on web1: .*\[(unknown-host-key|unreachable)\]/,
    ],
  ])("[I] %s: one sentence reports it without a secret", async (_name, servers, said) => {
    const text = typeof servers === "object" ? JSON.stringify(servers) : servers;
    await withSettings(text === undefined ? {} : { "whm:servers": text }, async (provider) => {
      const message = await cleanFailure(provider.create("TrustedRemoteIp", line));
      expect(message).toMatch(said);
      expect(message + provider.printed()).not.toContain(secret);
      expect(message).not.toMatch(/\n\s+at /);
    });
  });
});

describe("a server that was removed from the settings", () => {
  const state = {
    id: "ns9/192.0.2.53",
    properties: { ...line, server: "ns9", __provider: providerText("TrustedRemoteIp") },
  };

  test("[I] makes a refresh or delete fail with a message that explains what to do", async () => {
    await withManagedServers(async ({ provider }) => {
      for (const work of [provider.read(state), provider.delete(state)])
        expect(await cleanFailure(work)).toMatch(
          /no server named ns9.*back into the provider's servers.*PULUMI_WHM_FORGET=ns9/,
        );
    });
  });
});

describe("a server that is gone for good", () => {
  const forget =
    (name: string) =>
    (servers: Simulator["servers"]): ServersInput => ({
      ...servers,
      [name]: { ...servers[name]!, forget: true },
    });
  const resources = {
    member: {
      id: "web1/192.0.2.11",
      properties: {
        ...memberInputs("STORED0TOKEN0OF0THIS0RESOURCE000"),
        __provider: providerText("DnsClusterMember"),
      },
    },
    token: {
      id: "web1/mine",
      properties: {
        ...tokenInputs({ server: "web1", token: "STORED0TOKEN0OF0THIS0RESOURCE000", tokenName: "mine" }),
        __provider: providerText("ApiToken"),
      },
    },
    line: { id: "web1/192.0.2.53", properties: { ...line, __provider: providerText("TrustedRemoteIp") } },
  };

  test.each(Object.keys(resources) as (keyof typeof resources)[])(
    "[I] lets its %s leave the state without a connection, with a warning",
    async (name) => {
      await withManagedServers(
        async ({ provider, simulator }) => {
          simulator.fault("web1", "refuse", { door: "ssh" });
          simulator.fault("web1", "refuse", { door: "api" });
          expect(await provider.read(resources[name])).toMatchObject(resources[name]);
          await provider.delete(resources[name]);
          await provider.prints(`web1 is marked as gone for good`);
          await provider.prints(resources[name].id);
          expect(simulator.journal()).toEqual([]);
        },
        undefined,
        forget("web1"),
      );
    },
  );

  test("[I] can be named in PULUMI_WHM_FORGET among others", async () => {
    process.env["PULUMI_WHM_FORGET"] = "ns7, web1";
    try {
      await withManagedServers(async ({ provider, simulator }) => {
        await provider.delete(resources.line);
        expect(simulator.journal()).toEqual([]);
      });
    } finally {
      delete process.env["PULUMI_WHM_FORGET"];
    }
  });

  test("[I] does not block the revocation of a token that it stored", async () => {
    const simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } },
    });
    try {
      const servers = simulator.servers;
      let token: Awaited<ReturnType<ProviderProcess["create"]>> | undefined;
      await withSettings({ "whm:servers": JSON.stringify(servers) }, async (provider) => {
        token = await provider.create("ApiToken", tokenInputs());
        await provider.create("DnsClusterMember", memberInputs(token.properties["token"] as string));
      });
      await withSettings({ "whm:servers": JSON.stringify(forget("web1")(servers)) }, async (provider) => {
        await provider.delete(token!);
        expect(await provider.read(token!)).toBeUndefined();
      });
    } finally {
      await simulator.stop();
    }
  });

  test("[I] is not asked whether it stores a token with the same name", async () => {
    await withManagedServers(
      async ({ provider, simulator }) => {
        const left = await provider.create("ApiToken", tokenInputs());
        simulator.fault("web1", "refuse", { door: "ssh" });
        const made = await provider.create("ApiToken", tokenInputs());
        expect(made.properties["tokenName"]).not.toBe(left.properties["tokenName"]);
      },
      undefined,
      forget("web1"),
    );
  });

  test("[I] does not affect its peers: their members are really deleted", async () => {
    await withManagedServers(
      async (own) => {
        const { made } = await makeMember(own);
        await own.provider.delete(made);
        expect(own.simulator.files("web1").read(ns1Entry.file)).toBeUndefined();
      },
      undefined,
      forget("ns1"),
    );
  });
});
