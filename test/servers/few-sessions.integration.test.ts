import { setTimeout as pause } from "node:timers/promises";
import type { ServerChannel } from "ssh2";
import { type Server, ServerRegistry } from "../../provider/servers";
import { startSshHost, type SshHost, type SshHostOptions } from "./helpers/ssh-host";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** SFTP's answer to the greeting: version 3, no extensions. */
const sftpVersion = Buffer.from([0, 0, 0, 5, 2, 0, 0, 0, 3]);
const onSftp = (channel: ServerChannel): void => void channel.once("data", () => channel.write(sftpVersion));

interface Bed {
  host: SshHost;
  server: Server;
  /** The commands that were started, in order. */
  ran: string[];
}

/** A server that allows so many sessions, and takes some milliseconds for a program and for cleaning up after it. */
async function bed(maxSessions: number, more: SshHostOptions = {}): Promise<Bed> {
  const ran: string[] = [];
  const onExec = (command: string, channel: ServerChannel): void => {
    ran.push(command);
    // A channel closes when all of its input was read.
    channel.resume();
    setTimeout(() => {
      channel.write(command);
      channel.exit(0);
      channel.end();
    }, 30);
  };
  const host = await startSshHost({ maxSessions, sessionLingers: 40, onExec, onSftp, ...more });
  cleanups.push(() => host.stop());
  const registry = new ServerRegistry({ ns1: { type: "dnsonly", connection: host.connection } });
  cleanups.push(() => registry.close());
  return { host, server: registry.get("ns1"), ran };
}

const names = (many: number): string[] => Array.from({ length: many }, (_, index) => `change${index}`);

describe("a server that allows few sessions on a connection", () => {
  test.each([1, 2, 3, 4])(
    "[I] serves files and runs each program once, with two log-ins at most: MaxSessions %i",
    async (maxSessions) => {
      const { host, server, ran } = await bed(maxSessions);
      const wanted = names(8);
      const [, ...results] = await Promise.all([server.files(), ...wanted.map((name) => server.run([name]))]);
      expect(results.map(({ stdout }) => stdout)).toEqual(wanted);
      expect([...ran].sort()).toEqual(wanted);
      expect(host.counts.logins).toBe(2);
    },
  );

  test("[I] keeps to one log-in where files and programs don't need more sessions", async () => {
    const { host, server } = await bed(10);
    await Promise.all([server.files(), ...names(4).map((name) => server.run([name]))]);
    expect(host.counts.logins).toBe(1);
  });

  test("[I] opens SFTP when a program that came first has ended, though more programs follow", async () => {
    const { host, server, ran } = await bed(1);
    const first = server.run(["first"]);
    while (ran.length === 0) await pause(5);
    await Promise.all([first, server.files(), server.run(["second"]), server.run(["third"])]);
    expect(ran).toEqual(["first", "second", "third"]);
    expect(host.counts.logins).toBe(2);
  });

  test("[I] gets new connections after both were cut", async () => {
    const { host, server, ran } = await bed(1);
    for (const name of ["before", "after"]) {
      await server.files();
      await server.run([name]);
      host.cut();
      await pause(50);
    }
    expect(ran).toEqual(["before", "after"]);
    expect(host.counts.logins).toBe(4);
  });

  test("[I] is told what to set if it allows none, for files and for programs, and nothing is run", async () => {
    const { server, ran } = await bed(0);
    const [files, program] = await Promise.allSettled([server.files(), server.run(["change"])]);
    const refusal = { wayOut: expect.stringContaining("MaxSessions 10") as string };
    expect(files).toMatchObject({ reason: { ...refusal, code: "file-error" } });
    expect(program).toMatchObject({
      reason: { ...refusal, code: "refused-by-server", phrase: "run change" },
    });
    expect(ran).toEqual([]);
  });
});
