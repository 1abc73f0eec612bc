type Work = typeof import("../../provider/servers/work-under-way");

// The end of work is an end for good: each test takes the module anew.
let { underWay, endOfWork } = {} as Work;
beforeEach(() => {
  jest.resetModules();
  ({ underWay, endOfWork } = jest.requireActual<Work>("../../provider/servers/work-under-way"));
});

/** Work that ends when it is told to. */
function work() {
  let end: (outcome?: Error) => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve("done"));
  });
  return { done, end };
}

/** Whether something has come to its end after everything that can go on has gone on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const ended = promise.then(
    () => true,
    () => true,
  );
  const later = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([ended, later]);
}

describe("the end of work", () => {
  test("[U] waits for all work under way, even if some of it fails", async () => {
    const [one, other] = [work(), work()];
    const first = underWay(() => one.done);
    const second = underWay(() => other.done);
    const over = endOfWork();
    one.end();
    await expect(first).resolves.toBe("done");
    expect(await isSettled(over)).toBe(false);
    other.end(new Error("full disk"));
    await expect(second).rejects.toThrow("full disk");
    await over;
  });

  test("[U] is immediate without work, and no work starts afterwards", async () => {
    await endOfWork();
    const begun = jest.fn<string, []>();
    await expect(underWay(() => Promise.resolve(begun()))).rejects.toThrow("about to end");
    expect(begun).not.toHaveBeenCalled();
  });

  test("[U] waits for the parts of work under way that start later", async () => {
    const first = work();
    const steps: string[] = [];
    const whole = underWay(async () => {
      await first.done;
      await underWay(() => Promise.resolve(steps.push("role file")));
      await underWay(() => Promise.resolve(steps.push("member file")));
    });
    const over = endOfWork();
    first.end();
    await Promise.all([whole, over]);
    expect(steps).toEqual(["role file", "member file"]);
  });
});
