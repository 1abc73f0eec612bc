import { ServerError } from "../../provider/servers";
import { Reconnecting } from "../../provider/servers/reconnecting";

/** Connections that come when the test says so. */
function connections() {
  const made: { isOpen: boolean }[] = [];
  const come: (() => void)[] = [];
  const reconnecting = new Reconnecting(
    () =>
      new Promise<{ isOpen: boolean }>((resolve) => {
        const connection = { isOpen: true };
        made.push(connection);
        come.push(() => resolve(connection));
      }),
  );
  return { made, come, reconnecting };
}

describe("a reconnecting connection", () => {
  test("[U] is opened once for several users that find it dead at the same time", async () => {
    const { made, come, reconnecting } = connections();
    const first = reconnecting.get();
    come[0]!();
    (await first).isOpen = false;
    const users = [reconnecting.get(), reconnecting.get(), reconnecting.get()];
    await new Promise(setImmediate);
    for (const arrive of come) arrive();
    expect(new Set(await Promise.all(users))).toEqual(new Set([made[1]]));
    expect(made).toHaveLength(2);
  });

  test("[U] is opened again if it dies after several users have reopened it", async () => {
    const { made, come, reconnecting } = connections();
    const first = reconnecting.get();
    come[0]!();
    (await first).isOpen = false;
    const users = [reconnecting.get(), reconnecting.get()];
    await new Promise(setImmediate);
    for (const arrive of come.reverse()) arrive();
    for (const connection of await Promise.all(users)) connection.isOpen = false;
    const next = reconnecting.get();
    await new Promise(setImmediate);
    come.at(-1)!();
    for (const arrive of come) arrive();
    expect((await next).isOpen).toBe(true);
    expect(made.filter(({ isOpen }) => isOpen)).toHaveLength(1);
  });

  test.each([
    ["a refused credential", "refused-credential", 1],
    ["a changed host key", "changed-host-key", 1],
    ["an unreachable server", "unreachable", 3],
  ] as const)("[U] after %s, three users cause this many attempts: %s, %i", async (_title, code, times) => {
    let asked = 0;
    const reconnecting = new Reconnecting<{ isOpen: boolean }>(() => {
      asked += 1;
      const facts = { server: "web1", phrase: "log in", said: "no", wayOut: "Look." };
      return Promise.reject(new ServerError({ code, ...facts }));
    });
    for (let user = 0; user < 3; user += 1) await expect(reconnecting.get()).rejects.toThrow(code);
    expect(asked).toBe(times);
  });
});
