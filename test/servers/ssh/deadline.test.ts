import { setTimeout as pause } from "node:timers/promises";
import { withDeadline } from "../../../provider/servers/ssh/deadline";

const late = (): Error => new Error("late");

describe("a deadline", () => {
  test("[U] ends work that takes longer", async () => {
    await expect(withDeadline(new Promise(() => undefined), 0.01, late)).rejects.toThrow("late");
  });

  test.each([
    ["none", 0],
    ["one beyond any timer, as in milliseconds by mistake", 15_000_000],
  ])("[U] does not end work early if it is %s", async (_what, seconds) => {
    await expect(withDeadline(pause(20, "done"), seconds, late)).resolves.toBe("done");
  });
});
