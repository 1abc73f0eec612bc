import fc from "fast-check";
import type { ServerChannel } from "ssh2";
import { ServerRegistry, apiTokenCreate, version as whmVersion, type Server } from "../../provider/servers";
import { startSshHost, type SshHost, type SshHostOptions } from "../servers/helpers/ssh-host";
import { endOf, flood } from "./helpers/fuzz-host";
import * as odd from "./helpers/odd-sftp";

jest.setTimeout(60_000);

/** Printed with a failure, so that it can be run again. */
const run = { seed: 20_250_321, numRuns: 60 };
const { packetType } = odd;

let host: SshHost;
let directory: ServerRegistry;
let onExec: (channel: ServerChannel) => unknown = () => undefined;
let onSftp: NonNullable<SshHostOptions["onSftp"]> = () => undefined;

beforeAll(async () => {
  host = await startSshHost({
    onExec: (_command, channel) => void onExec(channel),
    onSftp: (channel) => onSftp(channel),
  });
});
afterEach(() => directory.close());
afterAll(() => host.stop());

/** A session of its own: one that was broken tells nothing of the next reply. */
const newServer = (): Server => {
  directory = new ServerRegistry({ ns1: { type: "dnsonly", connection: host.connection } } as never);
  return directory.get("ns1");
};

describe("the output of whmapi1", () => {
  const writes = (output: string | Buffer, exit?: number) => (channel: ServerChannel) => {
    channel.write(output);
    if (exit !== undefined) channel.exit(exit);
    channel.end();
  };
  const create = (server: Server) => apiTokenCreate(server.api, { tokenName: "t", acls: ["clustering"] });
  const unreadable: [string, (channel: ServerChannel) => unknown][] = [
    ["nothing", writes("", 0)],
    ["nothing, and no exit status", writes("")],
    ["half of the reply", writes('{"data":{"version":', 0)],
    ["YAML", writes("---\ndata:\n  version: 11.1\nmetadata:\n  result: 1\n", 0)],
    ["bytes that are no UTF-8", writes(Buffer.from([123, 255, 254, 192, 128]), 0)],
    ["a NUL and more", writes('\0{"data":{}}', 0)],
    ["megabytes", (channel) => flood(channel, Buffer.alloc(32 * 1024, 0x78))],
    ["megabytes of errors", (channel) => flood(channel.stderr, Buffer.alloc(32 * 1024, 0x78))],
  ];

  test.each(unreadable)(
    "[I] %s: a read fails with a clear error, and a change is uncertain",
    async (_name, output) => {
      onExec = output;
      const server = newServer();
      expect((await endOf(whmVersion(server.api))).error.code).toBe("unexpected-reply");
      expect((await endOf(create(server))).error.code).toBe("reply-lost");
    },
  );

  test("[I] an HTML page causes a clear error", async () => {
    onExec = writes("<html></html>", 0);
    expect((await endOf(create(newServer()))).error.code).toBe("unexpected-reply");
  });

  test("[I] a program that never ends is stopped at its deadline", async () => {
    onExec = () => undefined;
    const { error, milliseconds } = await endOf(newServer().run(["sleep"], { deadlineSeconds: 1 }));
    expect(error.code).toBe("timed-out");
    expect(milliseconds).toBeLessThan(5000);
  });

  test("[I] any bytes cause a clear error", async () => {
    const server = newServer();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        onExec = writes(Buffer.from(bytes), 0);
        await endOf(whmVersion(server.api));
      }),
      run,
    );
  });
});

describe("the replies of an SFTP server", () => {
  const answering = (answer: odd.OddAnswer): void => {
    onSftp = (channel) => odd.serveOddly(channel, answer);
  };
  /** Waits until somebody opens SFTP, however long a log-in takes. */
  const opened = () =>
    new Promise<void>((resolve) => {
      const serve = onSftp;
      onSftp = (channel) => {
        serve(channel);
        resolve();
      };
    });
  const read = async () => (await newServer().files()).read("/etc/ips.remotedns");
  const list = async () => (await newServer().files()).list("/var/cpanel/cluster");
  const stat = async () => (await newServer().files()).stat("/var/cpanel/dnsonly");

  test.each([
    ["of an impossible size", odd.fileOf(2 ** 52, Buffer.alloc(16 * 1024, 0x78))],
    ["that comes byte by byte", odd.fileOf(8 * 1024 * 1024, Buffer.from("x"))],
    ["of a hundred megabytes", odd.fileOf(100 * 1024 * 1024, Buffer.alloc(16 * 1024, 0x78))],
  ])("[I] a file %s is refused before it fills the memory", async (_name, answer) => {
    let reads = 0;
    answering((request) => {
      if (request.type === packetType.READ) reads += 1;
      return answer(request);
    });
    const { error, milliseconds } = await endOf(read());
    expect(error).toMatchObject({
      code: "unexpected-reply",
      said: expect.stringContaining("bytes") as string,
    });
    expect(reads).toBeLessThan(5000);
    expect(milliseconds).toBeLessThan(20_000);
  });

  test("[I] an endless directory is refused before it fills the memory", async () => {
    answering(odd.directoryOf(Array.from({ length: 200 }, (_, at) => `member-${at}`)));
    const { error, milliseconds } = await endOf(list());
    expect(error.code).toBe("unexpected-reply");
    expect(milliseconds).toBeLessThan(20_000);
  });

  const wrongAnswers: [string, odd.OddAnswer][] = [
    ["success without a value", ({ id }) => odd.status(id, 0)],
    ["an unknown status", ({ id }) => odd.status(id, 4711)],
    ["names", ({ id }) => odd.packet(packetType.NAME, odd.int(id), odd.int(0))],
    ["more names than it sends", ({ id }) => odd.packet(packetType.NAME, odd.int(id), odd.int(1_000_000))],
    ["attributes that are cut short", ({ id }) => odd.packet(packetType.ATTRS, odd.int(id), odd.int(15))],
    ["a handle without an end", ({ id }) => odd.packet(packetType.HANDLE, odd.int(id), odd.int(2 ** 31))],
    ["an empty packet", () => odd.int(0)],
    ["a packet of a gigabyte", () => odd.int(2 ** 30)],
    ["an unknown kind of packet", ({ id }) => odd.packet(250, odd.int(id))],
    ["an unrelated text", () => Buffer.from("HTTP/1.1 200 OK\r\n\r\n<html>")],
  ];
  const works: [string, () => Promise<unknown>][] = [
    ["a read", read],
    ["a list", list],
    ["a stat", stat],
  ];
  const cases = wrongAnswers.flatMap(([name, answer]) =>
    works.map(([work, start]): [string, string, odd.OddAnswer, typeof start] => [work, name, answer, start]),
  );

  test.each(cases)(
    "[I] %s that is answered with %s causes a clear error",
    async (_work, _name, answer, start) => {
      answering((request) => (request.type === packetType.INIT ? odd.version : answer(request)));
      const { milliseconds } = await endOf(start());
      expect(milliseconds).toBeLessThan(10_000);
    },
  );

  test("[I] any bytes cause a clear error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 5, maxLength: 60 }), async (bytes) => {
        const reply = Buffer.concat([odd.int(bytes.length), bytes]);
        answering(({ type }) => (type === packetType.INIT ? odd.version : reply));
        const server = newServer();
        // An answer to a question that was not asked is waited for until the channel is closed.
        const cut = opened().then(() => setTimeout(() => host.cut(), 100));
        await endOf(server.files().then((files) => files.read("/etc/ips.remotedns")));
        clearTimeout(await cut);
        await directory.close();
      }),
      { ...run, numRuns: 20 },
    );
  });

  test("[I] silence causes an error at the deadline, before and after the first reply", async () => {
    const servers = [newServer(), newServer()];
    onSftp = () => undefined;
    const isOpen = opened();
    const silent = endOf(servers[0]!.files());
    await isOpen;
    answering(({ type }) => (type === packetType.INIT ? odd.version : undefined));
    const speechless = endOf(servers[1]!.files().then((files) => files.read("/etc/ips.remotedns")));
    for (const { error } of await Promise.all([silent, speechless])) expect(error.code).toBe("timed-out");
  });

  test("[I] a connection that ends during a request is reported as lost", async () => {
    onSftp = () => undefined;
    for (const start of works.map(([, work]) => work)) {
      const isOpen = opened();
      const end = endOf(start());
      await isOpen;
      host.cut();
      expect((await end).error.code).toBe("connection-lost");
    }
  });
});
