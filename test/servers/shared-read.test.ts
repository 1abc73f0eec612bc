import { SharedRead } from "../../provider/servers/shared-read";

/** A read whose answers come when the test says so. */
function controlled() {
  const answers: ((value: number) => void)[] = [];
  const refusals: ((error: Error) => void)[] = [];
  const shared = new SharedRead(
    () =>
      new Promise<number>((resolve, reject) => {
        answers.push(resolve);
        refusals.push(reject);
      }),
  );
  return { shared, answers, refusals };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("[U] callers during a read share the result of the next one", async () => {
  const { shared, answers } = controlled();
  const first = shared.get();
  const late = [shared.get(), shared.get(), shared.get()];
  expect(answers).toHaveLength(1);
  answers[0]!(1);
  await expect(first).resolves.toBe(1);
  await turn();
  expect(answers).toHaveLength(2);
  answers[1]!(2);
  await expect(Promise.all(late)).resolves.toEqual([2, 2, 2]);
});

test("[U] no caller gets a result whose read began before the call", async () => {
  let written = 0;
  const shared = new SharedRead(async () => {
    const seen = written;
    await turn();
    return seen;
  });
  const readers = Array.from({ length: 50 }, async (_, at) => {
    for (let waits = 0; waits < at % 7; waits += 1) await turn();
    written += 1;
    const before = written;
    expect(await shared.get()).toBeGreaterThanOrEqual(before);
  });
  await Promise.all(readers);
});

test("[U] a call after a pause starts a new read at once", async () => {
  const { shared, answers } = controlled();
  const first = shared.get();
  answers[0]!(1);
  await first;
  await turn();
  void shared.get();
  expect(answers).toHaveLength(2);
});

test("[U] an error reaches only the callers of that read", async () => {
  const { shared, answers, refusals } = controlled();
  const first = shared.get();
  const second = shared.get();
  refusals[0]!(new Error("lost"));
  await expect(first).rejects.toThrow("lost");
  await turn();
  answers[1]!(2);
  await expect(second).resolves.toBe(2);
});
