import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiToken, sshCredentials } from "../../provider/servers/credentials";
import { ErrorReporter } from "../../provider/servers/errors";

const folder = mkdtempSync(join(tmpdir(), "credentials-"));
const file = join(folder, "token");
writeFileSync(file, "FROMFILE\n");
const before = { ...process.env };
beforeEach(() => {
  process.env = { ...before, WHM_TEST_TOKEN: "FROMENV", WHM_TEST_EMPTY: "" };
  delete process.env["SSH_AUTH_SOCK"];
});
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const reporter = (): ErrorReporter => new ErrorReporter("ns1");

describe("an API token", () => {
  test.each([
    ["given", { token: "GIVEN", tokenFile: file }, "GIVEN"],
    ["from a file, without its line break", { tokenFile: file, tokenEnv: "WHM_TEST_TOKEN" }, "FROMFILE"],
    ["from the environment", { tokenEnv: "WHM_TEST_TOKEN" }, "FROMENV"],
  ])("[U] is taken as %s", async (_way, access, expected) => {
    expect((await apiToken(access, reporter())).reveal()).toBe(expected);
  });

  test.each([
    ["nothing is given", {}, "api.token"],
    ["its file is missing", { tokenFile: join(folder, "none") }, "api.tokenFile"],
    ["its variable is not set", { tokenEnv: "WHM_TEST_NONE" }, "api.tokenEnv"],
    ["its variable is empty", { tokenEnv: "WHM_TEST_EMPTY" }, "api.tokenEnv"],
  ])("[U] is missing when %s, and the error names server and field", async (_case, access, field) => {
    const attempt = apiToken(access, reporter());
    await expect(attempt).rejects.toMatchObject({ code: "missing-credential", server: "ns1" });
    await expect(attempt).rejects.toThrow(field);
  });

  test.each(["SECRET PART", "SECRET=", "SECRETü", "SECRET日", "SECRET\u0007"])(
    "[U] is refused without being shown if it cannot be sent (%j)",
    async (token) => {
      process.env["WHM_TEST_TOKEN"] = token;
      const error = (await apiToken({ tokenEnv: "WHM_TEST_TOKEN" }, reporter()).catch(
        (reason: unknown) => reason,
      )) as Error;
      expect(error).toMatchObject({ code: "invalid-value" });
      expect(error.message).not.toContain("SECRET");
    },
  );
});

describe("SSH credentials", () => {
  const hop = { host: "ns1.example.com" };

  test("[U] are read from every source", async () => {
    const found = await sshCredentials(
      { ...hop, privateKeyFile: file, passwordEnv: "WHM_TEST_TOKEN", agentSocketPath: "/run/agent" },
      "connection",
      reporter(),
    );
    expect([found.privateKey?.reveal(), found.password?.reveal(), found.agentSocket]).toEqual([
      "FROMFILE\n",
      "FROMENV",
      "/run/agent",
    ]);
  });

  test("[U] use the agent of the environment only if nothing else is given", async () => {
    process.env["SSH_AUTH_SOCK"] = "/run/agent";
    const agent = await sshCredentials(hop, "connection", reporter());
    const password = await sshCredentials({ ...hop, password: "x" }, "connection", reporter());
    expect([agent.agentSocket, password.agentSocket]).toEqual(["/run/agent", undefined]);
  });

  test.each([
    [{ identity: "SHA256:x" }, "connection.identity is a key of an agent", "connection.agentSocketPath"],
    [
      { certificateFile: file },
      "connection.certificateFile is given without its private key",
      "connection.privateKeyFile or agentSocketPath",
    ],
    [
      { certificate: "x", password: "x" },
      "connection.certificate is given without its private key",
      "connection.privateKeyFile",
    ],
  ])("[U] that need an agent are missing without one (%j)", async (change, said, field) => {
    const attempt = sshCredentials({ ...hop, ...change }, "connection", reporter());
    await expect(attempt).rejects.toMatchObject({ code: "missing-credential" });
    await expect(attempt).rejects.toThrow(`${said}, and SSH_AUTH_SOCK is not set`);
    await expect(attempt).rejects.toThrow(`Set ${field}`);
  });

  test("[U] have the certificate that is named, else the one beside the key file", async () => {
    const certificateOf = async (change: object): Promise<string | undefined> => {
      const { certificate } = await sshCredentials({ ...hop, ...change }, "connection", reporter());
      return certificate && `${certificate.text.reveal()} ${certificate.place}`;
    };
    expect(await certificateOf({ privateKeyFile: file })).toBeUndefined();
    writeFileSync(`${file}-cert.pub`, "BESIDE");
    expect(await certificateOf({ privateKeyFile: file })).toBe(`BESIDE ${file}-cert.pub`);
    expect(await certificateOf({ privateKey: "x", privateKeyFile: file })).toBeUndefined();
    const certificateFile = join(folder, "named");
    writeFileSync(certificateFile, "NAMED");
    const named = { privateKeyFile: file, certificateFile };
    expect(await certificateOf(named)).toBe(`NAMED connection.certificateFile ${certificateFile}`);
    expect(await certificateOf({ ...named, certificate: "GIVEN" })).toBe("GIVEN connection.certificate");
    await expect(certificateOf({ privateKeyFile: file, certificateFile: "/none" })).rejects.toThrow(
      "the file /none of connection.certificateFile cannot be read (ENOENT",
    );
  });

  test("[U] are named with the bastion's own field if they are missing", async () => {
    await expect(sshCredentials(hop, "connection.proxy", reporter())).rejects.toThrow(
      "connection.proxy.privateKeyFile",
    );
  });
});
