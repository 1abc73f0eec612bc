import {
  ErrorReporter,
  isServerError,
  type ServerError,
  type ServerErrorCode,
} from "../../provider/servers/errors";
import { Programs } from "../../provider/servers/programs";
import { Reconnecting } from "../../provider/servers/reconnecting";
import type { CommandResult } from "../../provider/servers/ssh/exec";

const reporter = new ErrorReporter("web1");

function failure(code: ServerErrorCode, cause?: Error): ServerError {
  return reporter.error({ code, phrase: "run it", said: "no", wayOut: "Look.", cause });
}

/** What ssh2 makes of a session that the server does not open. */
const unopened = (reason: number): Error =>
  Object.assign(new Error("(SSH) Channel open failure: open failed"), { reason });
const refused = (reason = 2): ServerError => failure("refused-by-server", unopened(reason));

/** A connection that answers with these errors first, then well, and notes what it ran. */
class FakeConnection {
  isOpen = true;
  isCrowded = false;
  readonly tried: string[] = [];
  readonly ran: string[] = [];
  mostAtOnce = 0;
  private running = 0;

  constructor(private readonly errors: Error[] = []) {}

  async run([program = ""]: readonly string[]): Promise<CommandResult> {
    this.tried.push(program);
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.running += 1));
    await new Promise(setImmediate);
    this.running -= 1;
    const error = this.errors.shift();
    if (error) throw error;
    this.ran.push(program);
    return { exitCode: 0, stdout: program, stderr: "" };
  }

  close(): void {
    this.isOpen = false;
  }
}

function programs(first: FakeConnection, ...others: (FakeConnection | Error)[]) {
  let dials = 0;
  const connect = (): Promise<FakeConnection> => {
    const next = others[dials];
    dials += 1;
    return next instanceof FakeConnection ? Promise.resolve(next) : Promise.reject(next ?? new Error("none"));
  };
  const made = new Programs(new Reconnecting(() => Promise.resolve(first)), connect, reporter);
  return { run: (name: string) => made.run([name], {}), close: () => made.close(), dials: () => dials };
}

describe("programs of a server", () => {
  test("[U] run on the first connection as long as it opens sessions", async () => {
    const first = new FakeConnection();
    const { run, dials } = programs(first);
    await Promise.all(["a", "b", "c"].map(run));
    expect(first.ran).toEqual(["a", "b", "c"]);
    expect(dials()).toBe(0);
  });

  test.each([2, 4])("[U] run one at a time on a second one after a refusal, reason %i", async (reason) => {
    const first = new FakeConnection([refused(reason), refused(reason), refused(reason)]);
    const second = new FakeConnection();
    const { run, dials } = programs(first, second);
    const results = await Promise.all(["a", "b", "c"].map(run));
    expect(results.map(({ stdout }) => stdout)).toEqual(["a", "b", "c"]);
    expect(second).toMatchObject({ ran: ["a", "b", "c"], mostAtOnce: 1 });
    expect(first.ran).toEqual([]);
    expect(dials()).toBe(1);
  });

  test("[U] don't ask a first connection again that has refused one", async () => {
    const [first, second] = [new FakeConnection(), new FakeConnection()];
    first.isCrowded = true;
    await programs(first, second).run("a");
    expect(first.tried).toEqual([]);
    expect(second.ran).toEqual(["a"]);
  });

  test("[U] wait on the second one while a session that has ended still counts", async () => {
    const second = new FakeConnection([refused(), refused(), refused()]);
    await expect(programs(new FakeConnection([refused()]), second).run("a")).resolves.toMatchObject({
      stdout: "a",
    });
    expect(second).toMatchObject({ tried: ["a", "a", "a", "a"], ran: ["a"] });
  });

  test.each([
    ["the connection was lost", failure("connection-lost")],
    ["it did not end", failure("timed-out")],
    ["it wrote without end", failure("unexpected-reply")],
    ["a forced command refused it", failure("refused-by-server", new Error("Unable to exec"))],
    ["sshd's configuration forbids it", refused(1)],
    ["another channel was refused", failure("unreachable", unopened(2))],
    ["ssh2 failed", unopened(2)],
  ])("[U] are never started a second time if %s", async (_case, error) => {
    const first = new FakeConnection([error]);
    const { run, dials } = programs(first, new FakeConnection());
    await expect(run("a")).rejects.toBe(error);
    expect(first.tried).toEqual(["a"]);
    expect(dials()).toBe(0);
  });

  test("[U] are not started a second time by the second connection either", async () => {
    const second = new FakeConnection([failure("connection-lost")]);
    const { run } = programs(new FakeConnection([refused()]), second);
    await expect(run("a")).rejects.toMatchObject({ code: "connection-lost" });
    expect(second.tried).toEqual(["a"]);
  });

  test("[U] get a new second connection when one that has not ended keeps its session", async () => {
    const [second, third] = [new FakeConnection([failure("timed-out")]), new FakeConnection()];
    const { run } = programs(new FakeConnection([refused(), refused()]), second, third);
    await expect(run("a")).rejects.toMatchObject({ code: "timed-out" });
    await run("b");
    expect(second.isOpen).toBe(false);
    expect(third.ran).toEqual(["b"]);
  });

  test("[U] say why there was a second log-in if it is refused, which is tried once", async () => {
    const { run, dials } = programs(
      new FakeConnection([refused(), refused()]),
      failure("refused-credential"),
    );
    for (const name of ["a", "b"]) {
      const error: unknown = await run(name).catch((reason: unknown) => reason);
      expect(isServerError(error, "refused-credential")).toBe(true);
      expect((error as ServerError).wayOut).toMatch(/^Look\. This second log-in .* MaxSessions 10/);
    }
    expect(dials()).toBe(1);
  });

  test("[U] close the second connection with the session", async () => {
    const second = new FakeConnection();
    const { run, close } = programs(new FakeConnection([refused()]), second);
    await run("a");
    await close();
    expect(second.isOpen).toBe(false);
  });
});
