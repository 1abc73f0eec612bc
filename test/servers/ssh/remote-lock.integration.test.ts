import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { startSimulator } from "../../../provider/simulator";
import { type Server, ServerDirectory } from "../../../provider/servers";
import { ErrorReporter } from "../../../provider/servers/error-reporter";
import { withRemoteLock } from "../../../provider/servers/ssh/remote-lock";
import type { LockTiming } from "../../../provider/servers/ssh/take-lock";
import { processMark } from "../../../provider/servers/ssh/process-mark";

const path = "/var/cpanel/.lock";
const slow: LockTiming = { beat: 1000, stale: 60_000, blank: 60_000, patience: 10_000 };

let sim: Awaited<ReturnType<typeof startSimulator>>;
let directory: ServerDirectory;
let server: Server;

beforeEach(async () => {
  sim = await startSimulator({ servers: { ns1: { type: "dnsonly" } } });
  directory = new ServerDirectory(sim.servers);
  server = directory.get("ns1");
});
afterEach(async () => {
  await directory.close();
  await sim.stop();
});

function locked<T>(timing: LockTiming, work: () => Promise<T>): Promise<T> {
  return withRemoteLock(
    { path, files: () => server.files(), reporter: new ErrorReporter("ns1"), timing },
    work,
  );
}

test("[I] a lock that a dead process left behind is cleared away after its time, and nothing of it stays", async () => {
  sim.files("ns1").write(path, "someone long gone\n");
  const timing = { beat: 1000, stale: 200, blank: 200, patience: 10_000 };
  await expect(
    Promise.all([1, 2, 3].map((value) => locked(timing, () => Promise.resolve(value)))),
  ).resolves.toEqual([1, 2, 3]);
  expect(
    sim
      .files("ns1")
      .list("/var/cpanel")
      .filter((name) => name.startsWith(path)),
  ).toEqual([]);
});

test("[I] a lock whose holder lives is waited for, however long the work takes", async () => {
  const timing = { beat: 200, stale: 1500, blank: 1500, patience: 10_000 };
  const order: string[] = [];
  const first = locked(timing, async () => {
    const start = performance.now();
    while (performance.now() - start < 2500) await pause(50);
    order.push("first");
  });
  while (sim.files("ns1").read(path) === undefined) await pause(5);
  const second = locked(timing, () => Promise.resolve(order.push("second")));
  await Promise.all([first, second]);
  expect(order).toEqual(["first", "second"]);
});

test("[I] patience ends with an error that names the holder and the file", async () => {
  sim.files("ns1").write(path, "web9 process 42 x\n");
  const waiting = locked({ beat: 1000, stale: 60_000, blank: 60_000, patience: 200 }, () =>
    Promise.resolve(),
  );
  await expect(waiting).rejects.toMatchObject({ code: "timed-out" });
  await expect(waiting).rejects.toThrow(/web9 process 42/);
});

test("[I] a lock of a process that has ended on this machine is cleared away at once", async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  const mark = processMark.replace(/\d+$/, String(child.pid));
  sim.files("ns1").write(path, `web9 process ${mark} x\n`);
  await expect(locked(slow, () => Promise.resolve(1))).resolves.toBe(1);
  expect(sim.files("ns1").read(path)).toBeUndefined();
});

test("[I] a lock of another machine is not judged by the processes of this one", async () => {
  sim.files("ns1").write(path, "web9 process 0123456789abcdef-99999999 x\n");
  const waiting = locked({ ...slow, patience: 200 }, () => Promise.resolve());
  await expect(waiting).rejects.toMatchObject({ code: "timed-out" });
});

test("[I] a lock without a name in it, left by a run that ended between the two steps, does not last", async () => {
  sim.files("ns1").write(path, "");
  await expect(locked({ ...slow, blank: 100 }, () => Promise.resolve(1))).resolves.toBe(1);
});

test("[I] a lock that was lost takes no more notes, which would make one that nobody holds", async () => {
  const lock = { path, files: () => server.files(), reporter: new ErrorReporter("ns1") };
  const work = withRemoteLock(lock, (held) => {
    sim.files("ns1").remove(path);
    return held.note("192.0.2.53");
  });
  await expect(work).rejects.toThrow(/keep the lock .*Run pulumi up again/);
  expect(sim.files("ns1").read(path)).toBeUndefined();
});

test("[I] a lock whose holder's name came late is held by one alone, whoever has cleared it away meanwhile", async () => {
  const others = new ServerDirectory(sim.servers);
  try {
    await Promise.all([server.files(), others.get("ns1").files()]);
    let inside = 0;
    const hold = (own: Server) =>
      withRemoteLock(
        {
          path,
          files: () => own.files(),
          reporter: new ErrorReporter("ns1"),
          timing: { ...slow, blank: 100 },
        },
        async () => {
          inside += 1;
          expect(inside).toBe(1);
          await pause(1000);
          inside -= 1;
        },
      );
    sim.fault("ns1", "slow", { door: "sftp", operation: "write", ms: 600, times: 1 });
    const first = hold(server);
    while (sim.files("ns1").read(path) === undefined) await pause(5);
    await Promise.all([first, hold(others.get("ns1"))]);
  } finally {
    await others.close();
  }
});
