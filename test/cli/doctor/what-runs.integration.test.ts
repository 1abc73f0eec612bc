import { startSimulator } from "../../../provider/simulator";
import { writes } from "../../helpers/server-files";
import type { SshHostOptions } from "../../servers/helpers/ssh-host";
import {
  simulator,
  doctor,
  report,
  checksOf,
  inState,
  connected,
  withConnection,
  withApi,
  host,
  limitToken,
} from "./examined-servers";

describe("doctor on what runs there", () => {
  test("[I] refused forwarding is a warning with its option", async () => {
    simulator.fault("ns1", "no-forwarding");
    const { code, data } = await report(simulator.servers);
    expect({ code, well: data.well }).toEqual({ code: 0, well: true });
    expect(inState(data, "warning")).toEqual(["forwarding"]);
    expect(checksOf(data)["forwarding"]?.cure).toContain("AllowTcpForwarding");
  });

  test("[I] a chroot or a rescue system is told, and the server counts as read", async () => {
    simulator.files("ns1").remove("/usr/local/cpanel/version");
    const { code, data } = await report(simulator.servers);
    expect({ code, unreadable: data.unreadable }).toEqual({ code: 1, unreadable: [] });
    expect(inState(data, "failed")).toContain("files");
    expect(checksOf(data)["files"]?.cure).toMatch(/rescue system, a chroot/);
    for (const check of ["product", "version", "register"])
      expect(checksOf(data)[check]?.message).toBe("not tried, because of files");
  });

  test("[I] an SFTP subsystem that is missing is told", async () => {
    const { connection } = await host({ onExec: (_line, channel) => channel.end() });
    const { code, data } = await report(withConnection(connection));
    expect(code).toBe(1);
    expect(checksOf(data)["files"]).toMatchObject({
      state: "failed",
      cure: expect.stringContaining("Subsystem sftp internal-sftp") as string,
    });
  });

  test("[I] a log-in that prints text of its own is told where it spoils whmapi1", async () => {
    const onExec: SshHostOptions["onExec"] = (line, channel) => {
      channel.write(`Welcome!\n${line.includes("date") ? Math.floor(Date.now() / 1000) : '{"data":{}}'}\n`);
      channel.exit(0);
      channel.end();
    };
    const { connection } = await host({ onExec });
    const { data } = await report(withConnection(connection));
    expect(checksOf(data)["api"]?.cure).toContain(".bashrc");
    expect(checksOf(data)["clock"]).toMatchObject({ state: "warning" });
  });

  test("[I] another product than declared fails, another version than declared is a warning", async () => {
    const { code, data } = await report({
      ...simulator.servers,
      ns1: { ...connected("ns1"), type: "cpanel", version: "11.130" },
      web1: { ...connected("web1"), version: "136" },
    });
    expect(code).toBe(1);
    expect(checksOf(data)["product"]?.cure).toContain("type: dnsonly");
    expect(checksOf(data)["version"]?.state).toBe("warning");
    expect(checksOf(data, "web1")["version"]?.state).toBe("ok");
  });

  test("[I] a version that is too old fails", async () => {
    simulator.files("ns1").write("/usr/local/cpanel/version", "10.8.2\n", 0o644);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["version"]);
  });

  test("[I] a clock that is wrong fails, over HTTPS and by a command; 59 seconds are no failure", async () => {
    let ahead = 3_600_000;
    const others = await startSimulator({
      servers: { a: { type: "cpanel" }, b: { type: "dnsonly" } },
      clock: () => Date.now() + ahead,
    });
    const { api: _api, ...b } = others.servers["b"]!;
    const wrong = await report({ a: others.servers["a"], b });
    ahead = -59_000;
    const nearly = await report({ a: others.servers["a"], b });
    await others.stop();
    expect([wrong.code, nearly.code]).toEqual([1, 0]);
    for (const name of ["a", "b"]) {
      expect(checksOf(wrong.data, name)["clock"]).toMatchObject({ state: "failed" });
      expect(checksOf(wrong.data, name)["clock"]?.message).toContain("60 min ahead of");
      expect(checksOf(nearly.data, name)["clock"]?.message).toMatch(/5[789] s behind/);
    }
    expect(writes(others)).toEqual([]);
  });

  test("[I] two names for one machine fail on both", async () => {
    const { api: _api, ...ns1 } = connected("ns1");
    const { code, data } = await report({
      ns1,
      ns2: { ...ns1, address: "192.0.2.99", hostname: "ns2.example.com" },
    });
    expect(code).toBe(1);
    expect(checksOf(data)["register"]?.message).toContain("that ns2 leads to as well");
    expect(checksOf(data, "ns2")["register"]?.message).toContain("that ns1 leads to as well");
  });
});

describe("doctor on API and token", () => {
  test("[I] another certificate fails, and no token is sent", async () => {
    const { code, data } = await report(withApi({ fingerprint: "AB:".repeat(31) + "AB" }));
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "skipped")).toEqual(["token", "privileges"]);
    expect(checksOf(data)["clock"]?.state).toBe("ok");
    expect(simulator.journal().filter(({ server, door }) => server === "ns1" && door === "api")).toEqual([]);
  });

  test("[I] a wrong token is presented once", async () => {
    const { code, data } = await report(withApi({ token: "0123456789ABCDEF0123456789ABCDEF" }));
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["token"]);
    expect(inState(data, "skipped")).toEqual(["privileges"]);
    expect(simulator.journal().filter(({ server, door }) => server === "ns1" && door === "api")).toHaveLength(
      1,
    );
  });

  test("[I] a token whose variable is not set fails without a call", async () => {
    const { token: _token, ...api } = connected("ns1").api;
    const { data } = await report({
      ns1: { ...connected("ns1"), api: { ...api, tokenEnv: "WHM_TEST_UNSET" } },
    });
    expect(checksOf(data)["token"]?.message).toContain("WHM_TEST_UNSET");
    expect(checksOf(data)["api"]?.state).toBe("skipped");
  });

  test.each([
    [["clustering"], "manage-api-tokens"],
    [["manage-api-tokens"], "clustering"],
  ])("[I] a token with %j lacks %s", async (acls, missing) => {
    limitToken(acls);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["privileges"]);
    expect(checksOf(data)["privileges"]?.message).toContain(`lacks ${missing},`);
  });

  test("[I] a token with both is enough", async () => {
    limitToken(["clustering", "manage-api-tokens"]);
    expect((await report(simulator.servers)).code).toBe(0);
  });

  test("[I] an API of another server than SSH leads to is noticed", async () => {
    const { code, data } = await report({ ns1: { ...connected("ns1"), api: connected("web1").api } });
    expect(code).toBe(1);
    expect(checksOf(data)["api"]?.message).toBe(
      "the API is that of web1.example.com, but the connection leads to ns1.example.com",
    );
  });

  test("[I] an API that is down fails alone; the clock is then asked by a command", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const { code, data } = await report(simulator.servers);
    expect({ code, unreadable: data.unreadable }).toEqual({ code: 1, unreadable: [] });
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "warning")).toEqual(["forwarding"]);
    expect(checksOf(data)["clock"]?.state).toBe("ok");
  });
});

describe("doctor on the register", () => {
  const register = "/var/cpanel/.pulumi-whm";
  const record = (more: object = {}) =>
    JSON.stringify({ format: 1, id: "0a1b2c3d4e5f", made: "2026-11-01T00:00:00.000Z", ...more });
  const claim = (stack: string) => JSON.stringify({ format: 1, owner: stack, resource: "m" });

  test("[I] claims are told with their stacks", async () => {
    const files = simulator.files("ns1");
    files.write(`${register}/server.json`, record(), 0o600);
    files.write(`${register}/member.192.0.2.10.0123456789abcdef-1.json`, claim("acme/dns/prod"), 0o600);
    files.write(`${register}/line.192.0.2.10.0123456789abcdef-1.json`, claim("acme/dns/dev"), 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(checksOf(data)["register"]?.message).toBe("2 claims of acme/dns/dev and acme/dns/prod");
  });

  test("[I] what a claim says can't forge lines of the report", async () => {
    const files = simulator.files("ns1");
    files.write(`${register}/server.json`, record(), 0o600);
    files.write(
      `${register}/member.192.0.2.10.0123456789abcdef-1.json`,
      claim("acme\nweb9: well\u001b[2J"),
      0o600,
    );
    files.write(`${register}/turn`, "x\n", 0o600);
    const { output } = await doctor(simulator.servers);
    expect(output).toContain("acme web9: well");
    expect(output).not.toMatch(/^web9/m);
    expect(output).not.toContain("\u001b");
  });

  test.each([
    ["a record of another machine", record({ hostname: "other.example.com" }), "other.example.com"],
    ["a record of a later format", record({ format: 2 }), "newer version"],
  ])("[I] %s fails, and everything else is still checked", async (_title, text, words) => {
    simulator.files("ns1").write(`${register}/server.json`, text, 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(inState(data, "failed")).toEqual(["register"]);
    expect(checksOf(data)["register"]?.message).toContain(words);
    expect(inState(data, "skipped")).toEqual([]);
  });

  test("[I] a damaged claim fails and is named", async () => {
    simulator.files("ns1").write(`${register}/server.json`, record(), 0o600);
    simulator.files("ns1").write(`${register}/member.192.0.2.10.0123456789abcdef-1.json`, "{}", 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(1);
    expect(checksOf(data)["register"]?.message).toContain("member.192.0.2.10");
  });

  test.each([
    ["a turn", `${register}/turn`, "turn"],
    [
      "a temporary file",
      `${register}/.pulumi-whm.0123456789abcdef-42.0123456789abcdef.new`,
      "1 temporary file",
    ],
    [
      "a temporary file beside the members",
      "/var/cpanel/cluster/root/.pulumi-whm.0123456789abcdef-42.0123456789abcdef.new",
      "1 temporary file",
    ],
    ["a record that was not written to its end", `${register}/server.json`, "server.json"],
    [
      "a claim that was not written to its end",
      `${register}/line.192.0.2.10.0123456789abcdef-1.json`,
      "1 claim",
    ],
  ])("[I] %s of a killed run is a warning", async (_title, file, words) => {
    simulator.files("ns1").write(file, "", 0o600);
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(0);
    expect(inState(data, "warning")).toEqual(["register"]);
    expect(checksOf(data)["register"]?.message).toContain(words);
    expect(writes(simulator)).toEqual([]);
  });
});
