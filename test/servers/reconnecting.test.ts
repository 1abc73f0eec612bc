import { Reconnecting } from "../../provider/servers/reconnecting";

/** Connections that come when the test says so. */
function connections() {
  const made: { isOpen: boolean }[] = [];
  const come: (() => void)[] = [];
  const remembered = new Reconnecting(
    () =>
      new Promise<{ isOpen: boolean }>((resolve) => {
        const connection = { isOpen: true };
        made.push(connection);
        come.push(() => resolve(connection));
      }),
  );
  return { made, come, remembered };
}

describe("something that is opened once and can die", () => {
  test("[U] several users who find it dead at the same time open one new one", async () => {
    const { made, come, remembered } = connections();
    const first = remembered.get();
    come[0]!();
    (await first).isOpen = false;
    const users = [remembered.get(), remembered.get(), remembered.get()];
    await new Promise(setImmediate);
    for (const arrive of come) arrive();
    expect(new Set(await Promise.all(users))).toEqual(new Set([made[1]]));
    expect(made).toHaveLength(2);
  });

  test("[U] one that dies after such a moment is opened anew as well", async () => {
    const { made, come, remembered } = connections();
    const first = remembered.get();
    come[0]!();
    (await first).isOpen = false;
    const users = [remembered.get(), remembered.get()];
    await new Promise(setImmediate);
    for (const arrive of come.reverse()) arrive();
    for (const connection of await Promise.all(users)) connection.isOpen = false;
    const next = remembered.get();
    await new Promise(setImmediate);
    come.at(-1)!();
    for (const arrive of come) arrive();
    expect((await next).isOpen).toBe(true);
    expect(made.filter(({ isOpen }) => isOpen)).toHaveLength(1);
  });
});
