import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Listener } from "../../provider/simulator/listener";

const host = "127.0.0.1";
/** Where Linux tells which sockets have a port. On other systems nothing is known of that. */
const sockets = "/proc/net/tcp";

let listener: Listener;
beforeEach(async () => {
  listener = new Listener((socket) => socket.end("welcome"));
  await listener.open();
});
afterEach(() => listener.close());

/** What a client gets: the first words, or the code of an error. */
async function answer(): Promise<string> {
  const socket = connect(listener.port, host);
  try {
    const [words] = (await once(socket, "data")) as [Buffer];
    return words.toString();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code!;
  } finally {
    socket.destroy();
  }
}

/** Waits until some socket has the port and does not listen, or until none has: the system gives a held port to nobody. */
async function untilHeld(isHeld: boolean): Promise<void> {
  const port = listener.port.toString(16).toUpperCase().padStart(4, "0");
  const held = new RegExp(`^ *\\d+: 0100007F:${port} 0100007F:${port} 01 `, "m");
  while (existsSync(sockets) && held.test(readFileSync(sockets, "utf8")) !== isHeld) await pause(5);
}

describe("a port that refuses connections for a while", () => {
  test("[I] refuses them at once, and then takes them again", async () => {
    for (let times = 0; times < 3; times += 1) {
      expect(await answer()).toBe("welcome");
      listener.refuse();
      expect(await answer()).toBe("ECONNREFUSED");
      listener.resume();
    }
    expect(await answer()).toBe("welcome");
  });

  test("[I] takes them at once if it is resumed in the same moment", async () => {
    listener.refuse();
    listener.resume();
    while ((await answer()) !== "welcome") await pause(5);
  });

  test("[I] is given to no other program meanwhile", async () => {
    listener.refuse();
    await untilHeld(true);
    expect(await answer()).toBe("ECONNREFUSED");
    listener.resume();
    await untilHeld(false);
    expect(await answer()).toBe("welcome");
  });

  test("[I] is free once it is closed for good", async () => {
    listener.refuse();
    await untilHeld(true);
    await listener.close();
    await untilHeld(false);
  });
});
