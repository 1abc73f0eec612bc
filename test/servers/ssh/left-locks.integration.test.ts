import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { startSimulator } from "../../../provider/simulator";
import { type Server, ServerDirectory } from "../../../provider/servers";
import { ErrorReporter } from "../../../provider/servers/error-reporter";
import { heldText, releaseText } from "../../../provider/servers/ssh/lock-file";
import { type HeldLock, withRemoteLock } from "../../../provider/servers/ssh/remote-lock";
import { processMark } from "../../../provider/servers/ssh/process-mark";

const path = "/var/cpanel/.lock";
const timing = { beat: 1000, stale: 60_000, blank: 60_000, patience: 20_000 };

let sim: Awaited<ReturnType<typeof startSimulator>>;
let directories: ServerDirectory[];
let ended: string;

beforeAll(async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  ended = `web9 process ${processMark.replace(/\d+$/, String(child.pid))}`;
});
beforeEach(async () => {
  sim = await startSimulator({ servers: { ns1: { type: "dnsonly" } } });
  directories = Array.from({ length: 4 }, () => new ServerDirectory(sim.servers));
});
afterEach(async () => {
  await Promise.all(directories.map((directory) => directory.close()));
  await sim.stop();
});

const files = () => sim.files("ns1");
const locks = () =>
  files()
    .list("/var/cpanel")
    .filter((name) => name.startsWith(path));

function locked<T>(
  work: (held: HeldLock) => Promise<T>,
  server: Server = directories[0]!.get("ns1"),
  patience = timing,
): Promise<T> {
  const reporter = new ErrorReporter("ns1");
  return withRemoteLock({ path, files: () => server.files(), reporter, timing: patience }, work);
}

const left = (): Promise<readonly string[]> => locked((held) => Promise.resolve(held.left));
const settleAll = (): Promise<void> => locked((held) => Promise.resolve(held.settle(held.left)));

/** Ends in the middle: the connection breaks when the lock is about to be moved into place. */
async function endBeforeTheMove(): Promise<void> {
  sim.fault("ns1", "reset", { door: "sftp", operation: "rename", times: 1 });
  await expect(left()).rejects.toMatchObject({ code: "connection-lost" });
}

describe("a lock that was left behind", () => {
  test.each([0, 1, 2])(
    "[I] is taken by one of many at a time, also after %i that ended on the way to it",
    async (others) => {
      for (let round = 0; round < 5; round += 1) {
        files().write(path, heldText(`${ended} ${round}`, ["a note"]));
        for (let count = 0; count < others; count += 1) await endBeforeTheMove();
        let inside = 0;
        const work = async ({ left: notes }: HeldLock): Promise<void> => {
          inside += 1;
          expect([inside, notes]).toEqual([1, ["a note"]]);
          await pause(1);
          inside -= 1;
        };
        await Promise.all(waiters.map((index) => locked(work, directories[index % 4]!.get("ns1"))));
        await settleAll();
        expect(locks()).toEqual([]);
      }
    },
    60_000,
  );

  test("[I] hands its notes on until they are settled, whoever holds it meanwhile and ends in the middle", async () => {
    files().write(path, `${heldText(`${ended} x`, ["one"])}two\n`);
    expect(await left()).toEqual(["one", "two"]);
    await locked((held) => {
      held.settle(["one"]);
      sim.fault("ns1", "reset", { door: "sftp", operation: "read", times: 1 });
      return Promise.resolve();
    }).catch(() => undefined);
    await locked((held) => Promise.resolve(held.settle(["one"])));
    expect(await left()).toEqual(["two"]);
    await settleAll();
    expect(locks()).toEqual([]);
  });

  test("[I] keeps nobody waiting when it was given back, and stands for its notes alone", async () => {
    const holder = "web9 process 0123456789abcdef-42 x";
    files().write(path, heldText(holder, ["settled"]) + releaseText(holder, ["kept"]));
    expect(await left()).toEqual(["kept"]);
  });

  test("[I] takes what a holder notes out again when its work has ended well", async () => {
    await locked((held) => held.note("written"));
    expect(locks()).toEqual([]);
  });

  test("[I] tells the next holder what one noted whose work has failed, until it is settled", async () => {
    const failing = locked(async (held) => {
      await held.note("written");
      throw new Error("a reason");
    });
    await expect(failing).rejects.toThrow("a reason");
    expect(await left()).toEqual(["written"]);
    await settleAll();
    expect(locks()).toEqual([]);
  });

  test("[I] is followed in the end when nobody can read who held it", async () => {
    files().write(path, "\0\xff no holder");
    const brief = { ...timing, stale: 200 };
    expect(await locked((held) => Promise.resolve(held.left), undefined, brief)).toEqual([]);
    expect(locks()).toEqual([]);
  });
});

const waiters = Array.from({ length: 16 }, (_, index) => index);
