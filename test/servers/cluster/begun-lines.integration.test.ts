import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  addTrustedAddress,
  removeTrustedAddress,
  ServerDirectory,
  type Server,
} from "../../../provider/servers";
import { processMark } from "../../../provider/servers/ssh/process-mark";
import { startSimulator, type Simulator } from "../../../provider/simulator";

const file = "/etc/ips.remotedns";
const lock = "/var/cpanel/.pulumi-whm.ips.remotedns.lock";
const [ours, theirs] = ["dns/prod", "dns/test"];

let simulator: Simulator;
let directory: ServerDirectory;
let ended: string;

beforeAll(async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  ended = `web9 process ${processMark.replace(/\d+$/, String(child.pid))} x`;
  simulator = await startSimulator({ servers: { web1: { type: "cpanel" } } });
  directory = new ServerDirectory(simulator.servers);
});
beforeEach(() => [file, lock].forEach((path) => simulator.files("web1").remove(path)));
afterAll(async () => {
  await directory.close();
  await simulator.stop();
});

const server = (): Server => directory.get("web1");
const read = (path: string) => simulator.files("web1").read(path);
const note = (address: string, owner: string, more: object = {}) =>
  JSON.stringify({ address, owner, ...more });

/** What runs that were killed have left: the lock with their notes, and the file. */
function leave(notes: string[], text?: string): void {
  simulator.files("web1").write(lock, [ended, ...notes, ""].join("\n"));
  if (text !== undefined) simulator.files("web1").write(file, text);
}

/** Adds a line and tells what was found. */
async function add(address: string, owner: string): Promise<object> {
  const found = jest.fn<void, [object]>();
  await addTrustedAddress(server(), { address, owner }, found);
  return found.mock.calls[0]![0];
}

describe("a line that a killed run has begun", () => {
  test("[I] is the own one of the next run of its stack, and nothing of the note stays", async () => {
    leave([note("192.0.2.1", ours)], "192.0.2.9\n192.0.2.1\n");
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: false, createdFile: false });
    expect([read(file), read(lock)]).toEqual(["192.0.2.9\n192.0.2.1\n", undefined]);
  });

  test("[I] is still known after other lines have come and gone, of this stack and of another", async () => {
    leave([note("192.0.2.1", ours)], "192.0.2.9\n192.0.2.1\n");
    await removeTrustedAddress(server(), "192.0.2.9", false);
    await add("192.0.2.2", theirs);
    await add("192.0.2.3", ours);
    expect(read(lock)).toContain(note("192.0.2.1", ours));
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: false });
    expect(read(lock)).toBeUndefined();
  });

  test("[I] is a foreign one to another stack, which does not take the note from its owner", async () => {
    leave([note("192.0.2.1", ours)], "192.0.2.1\n");
    expect(await add("192.0.2.1", theirs)).toMatchObject({ existedBefore: true });
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: false });
    expect(read(lock)).toBeUndefined();
  });

  test("[I] of two stacks is to each its own", async () => {
    leave([note("192.0.2.1", ours), note("192.0.2.2", theirs)], "192.0.2.1\n192.0.2.2\n");
    expect(await add("192.0.2.2", theirs)).toMatchObject({ existedBefore: false });
    expect(await add("192.0.2.2", ours)).toMatchObject({ existedBefore: true });
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: false });
    expect(read(lock)).toBeUndefined();
  });

  test("[I] belongs to the stack that wrote it last, where the line of the first one was gone by then", async () => {
    leave([note("192.0.2.1", ours), note("192.0.2.1", theirs)], "192.0.2.1\n");
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: true });
    expect(await add("192.0.2.1", theirs)).toMatchObject({ existedBefore: false });
    expect(read(lock)).toBeUndefined();
  });

  test("[I] and that somebody has removed meanwhile is forgotten: the next line of that address is not ours", async () => {
    leave([note("192.0.2.1", ours)], "192.0.2.9\n");
    await add("192.0.2.2", theirs);
    expect(read(lock)).toBeUndefined();
    simulator.files("web1").write(file, "192.0.2.1\n");
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: true });
  });

  test("[I] in a file that was made for it takes the file along in the end, whichever stack's line goes last", async () => {
    leave([note("192.0.2.1", ours, { newFile: true })], "192.0.2.1\n");
    expect(await add("192.0.2.2", theirs)).toMatchObject({ createdFile: true });
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: false, createdFile: true });
  });

  test("[I] is told from an empty file that stood there, and from one that was made for it", async () => {
    leave([note("192.0.2.1", ours)], "");
    expect(await add("192.0.2.1", ours)).toMatchObject({ createdFile: false, wasEmpty: true });
    leave([note("192.0.2.1", ours, { newFile: true })], "");
    expect(await add("192.0.2.1", ours)).toMatchObject({ createdFile: true, wasEmpty: false });
  });

  test.each([
    ["no notes at all", ["192.0.2.1", "{", "null", "[]", '{"address":7}', "\0\xff"]],
    ["half a note", [note("192.0.2.1", ours).slice(0, -4)]],
    ["a note with more in it", [note("192.0.2.1", ours, { newFile: "yes" })]],
  ])("[I] is not made out of %s in a lock: the line counts as one that was there", async (_case, notes) => {
    leave(notes, "192.0.2.1\n");
    expect(await add("192.0.2.1", ours)).toMatchObject({ existedBefore: true });
    expect([read(file), read(lock)]).toEqual(["192.0.2.1\n", undefined]);
  });
});
