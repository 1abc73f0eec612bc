import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ServerDirectory } from "../../../provider/servers";
import { processMark } from "../../../provider/servers/ssh/process-mark";
import { managedBed } from "../../helpers/managed-bed";

const managed = managedBed();
const path = "/var/cpanel/.lock";

test("[I] a lock that was left behind is taken by one of many who reach for it at once, each through an sshd of its own", async () => {
  const directories = Array.from({ length: 6 }, () => new ServerDirectory(managed.bed.servers));
  const servers = directories.map((directory) => directory.get("web1"));
  const place = managed.place(path);
  mkdirSync(dirname(place), { recursive: true });
  try {
    await Promise.all(servers.map((server) => server.files()));
    for (let round = 0; round < 10; round += 1) {
      writeFileSync(place, `web9 process ${processMark} left-${round}\n`);
      let inside = 0;
      const work = async (): Promise<void> => {
        inside += 1;
        expect(inside).toBe(1);
        await pause(1);
        inside -= 1;
      };
      await Promise.all(servers.map((server) => server.withRemoteLock(path, work)));
    }
    expect(readdirSync(dirname(place)).filter((name) => name.startsWith(".lock"))).toEqual([]);
  } finally {
    await Promise.all(directories.map((directory) => directory.close()));
  }
}, 60_000);
