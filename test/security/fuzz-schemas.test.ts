import fc from "fast-check";
import { z } from "zod";
import * as whm from "../../provider";
import { provider } from "../../provider/runtime";
import { MalformedError, parse } from "../../provider/schema";
import { anyJson, damaged, expectCleanPrototypes } from "./helpers/odd-values";
import { everySchema } from "./helpers/schemas";

/** Printed with a failure, so that it can be run again. */
const run = { seed: 20_250_321, numRuns: 300 };
const planted = "PLANTEDSECRET0123456789";

/** How reading a value ends: it is taken, or refused in sentences that each begin with a path. */
function expectVerdict(work: () => unknown, told: { name: string }[]): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    expect(told.map(({ name }) => name)).toContain(error.constructor.name);
    expect(error.message).not.toContain(planted);
    const { problems } = error as Partial<MalformedError>;
    expect(problems?.length).toBeGreaterThan(0);
    expect(problems?.filter((problem) => !/^.+: /s.test(problem))).toEqual([]);
  }
  expectCleanPrototypes();
}

/** Any JSON in which every text is a secret. */
const secretive = anyJson.map((value) => withSecrets(value));

function withSecrets(value: unknown): unknown {
  if (typeof value === "string") return planted;
  if (Array.isArray(value)) return value.map(withSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withSecrets(part)]));
}

test.each(everySchema())("[U] %s accepts any value or reports what is wrong", (_name, schema) => {
  fc.assert(
    fc.property(fc.oneof(anyJson, secretive), (value) =>
      expectVerdict(() => parse(schema, value, "The value"), [MalformedError]),
    ),
    run,
  );
});

const server = {
  ...{ type: "cpanel", address: "192.0.2.10", hostname: "web1.example.com", nameserver: true },
  connection: {
    ...{ host: "web1", port: 22, user: "root", password: planted, privateKey: planted },
    proxy: { host: "bastion", privateKeyPassword: planted, dialErrorLimit: 1 },
  },
  api: { token: planted, ca: planted, fingerprint: Array(32).fill("0A").join(":") },
};

const topology = {
  servers: {
    web1: { type: "cpanel", address: "192.0.2.10" },
    ns1: { type: "dnsonly", address: "192.0.2.11" },
  },
  links: [{ from: "web1", to: "ns1", role: "sync" }],
  trusts: [{ server: "web1", peer: "ns1" }],
  trustedAddresses: { web1: ["192.0.2.11"] },
  apiTokens: [{ server: "ns1", users: ["web1"], acls: ["clustering"] }],
  rules: { "web-server-link": { severity: "warning", reason: "because" } },
};

const samples: Record<string, unknown> = {
  "server.servers": { web1: server },
  "server.server": server,
  "topology.topology": topology,
  "api-token.apiToken": { server: "ns1", logicalName: "p/s/n", acls: ["clustering"], users: ["web1"] },
};

test.each(Object.entries(samples))("[U] %s reports the place of a wrong type", (name, sample) => {
  const schema = Object.fromEntries(everySchema())[name] as z.ZodType;
  expect(() => parse(schema, sample, "The value")).not.toThrow();
  for (const value of damaged(sample))
    expectVerdict(() => parse(schema, value, "The value"), [MalformedError]);
});

describe("the public functions of the package", () => {
  const malformed = [MalformedError, whm.TopologyError];
  const read = (value: unknown) => whm.parseTopology(value);
  const judge = (value: unknown) => whm.validateTopology(read(value));
  const draw = (value: unknown) => whm.renderTopology(read(value), "text");
  const doors = Object.entries({ read, judge, draw });

  test.each(doors)("[U] %s a topology of any kind with findings or a clear error", (_name, door) => {
    fc.assert(
      fc.property(anyJson, (value) => expectVerdict(() => door(value), malformed)),
      run,
    );
  });

  test.each(doors)(
    "[U] %s a topology with a wrong type at any place with findings or a clear error",
    (_name, door) => {
      for (const value of damaged(topology)) expectVerdict(() => door(value), malformed);
    },
  );

  const types = ["ApiToken", "DnsClusterMember", "ReverseTrust", "TopologyGate", "TrustedRemoteIp"];

  test.each(types)("[U] report failures at the check of %s without the value", async (type) => {
    const news = fc.oneof(
      fc.dictionary(fc.string(), secretive),
      fc.constant({ ...server, token: `${planted}=` }),
    );
    await fc.assert(
      fc.asyncProperty(news, async (inputs) => {
        const { failures = [] } = (await provider(type).check?.({}, inputs)) ?? {};
        expect(failures.every(({ property }) => property === "")).toBe(true);
        expect(JSON.stringify(failures.filter(() => !("rejection" in inputs)))).not.toContain(planted);
        expectCleanPrototypes();
      }),
      run,
    );
  });
});
