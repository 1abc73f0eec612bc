import { spawn, type ChildProcess } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { soaOf, type SoaAnswer } from "../../../provider/servers";

const address = "127.0.0.1";

async function bound(): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket("udp4");
  socket.bind(0, address);
  await once(socket, "listening");
  return { socket, port: socket.address().port };
}

describe("a nameserver that does not answer well", () => {
  let socket: Socket;
  let port: number;
  beforeEach(async () => ({ socket, port } = await bound()));
  afterEach(() => void socket.close());
  const ask = (timeout = 10_000): Promise<SoaAnswer> =>
    soaOf("example.com", address, { port, timeout, tries: 1 });

  test.each([
    [2, "fails to answer (SERVFAIL)"],
    [3, "answers that there is no such name (NXDOMAIN)"],
    [5, "refuses to answer (REFUSED)"],
    [0, "answers without an SOA record"],
  ])("[I] one that answers with code %d is told in words", async (code, said) => {
    socket.on("message", (query, from) => {
      query.writeUInt16BE(0x8000 | code, 2);
      socket.send(query, from.port, from.address);
    });
    expect(await ask()).toEqual({ isSilent: false, said });
  });

  test("[I] one that is silent is told as such", async () => {
    expect(await ask(100)).toEqual({ isSilent: true, said: "does not answer" });
  });
});

test("[I] a closed port is silent", async () => {
  const { socket, port } = await bound();
  socket.close();
  expect(await soaOf("example.com", address, { port, timeout: 100, tries: 1 })).toMatchObject({
    isSilent: true,
  });
});

const named = ["/usr/sbin/named", "/usr/local/sbin/named"].find((path) => existsSync(path));

describe("BIND", () => {
  let folder: string;
  let daemon: ChildProcess;
  let port: number;
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const zone = (serial: number): string =>
    `$TTL 60\n@ IN SOA ns1.example.com. root.example.com. ( ${serial} 60 60 60 60 )\n@ IN NS ns1.example.com.\nns1 IN A 192.0.2.1\n`;
  const ask = (name: string): Promise<SoaAnswer> => soaOf(name, address, { port, timeout: 500 });

  test("[I] it answers the serial that it has loaded until it is reloaded, and refuses other zones", async () => {
    if (named === undefined) {
      console.warn("Skipped: BIND is not on this machine. Install bind9 to run this test.");
      return;
    }
    folder = mkdtempSync(join(tmpdir(), "whm-dns-named-"));
    const { socket, port: free } = await bound();
    socket.close();
    port = free;
    write("example.com.db", zone(1));
    write(
      "named.conf",
      `options { directory "${folder}"; pid-file none; session-keyfile none; listen-on port ${port} { ${address}; }; listen-on-v6 { none; }; recursion no; managed-keys-directory "${folder}"; };
controls { };
zone "example.com" { type master; file "${folder}/example.com.db"; };
`,
    );
    daemon = spawn(named, ["-g", "-n", "1", "-c", join(folder, "named.conf")], { stdio: "ignore" });
    try {
      expect(await until(1)).toEqual({ serial: 1 });
      write("example.com.db", zone(2));
      expect(await ask("example.com")).toEqual({ serial: 1 });
      expect(await ask("other.example")).toEqual({ isSilent: false, said: "refuses to answer (REFUSED)" });
      daemon.kill("SIGHUP");
      expect(await until(2)).toEqual({ serial: 2 });
    } finally {
      daemon.kill("SIGTERM");
      await once(daemon, "exit");
      rmSync(folder, { recursive: true });
    }
  });

  /** Asks until a serial is answered; returns the last answer after ten seconds. */
  async function until(serial: number): Promise<SoaAnswer> {
    for (let tries = 50; ; tries -= 1) {
      const answer = await ask("example.com");
      if (tries === 0 || ("serial" in answer && answer.serial === serial)) return answer;
      await wait(200);
    }
  }
});
