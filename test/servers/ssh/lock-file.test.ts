import { heldText, readLockFile, releaseText } from "../../../provider/servers/ssh/lock-file";

const holder = "web9 process 0123456789abcdef-42 x";

describe("a lock file", () => {
  test("[U] tells its holder and what was noted", () => {
    const text = `${heldText(holder, ["left"])}new\n`;
    expect(readLockFile(text)).toEqual({ holder, notes: ["left", "new"], isReleased: false });
  });

  test("[U] that was given back holds the notes that stay, and nothing else", () => {
    const text = `${heldText(holder, ["a", "b"])}c\n${releaseText(holder, ["b"])}`;
    expect(readLockFile(text)).toEqual({ holder, notes: ["b"], isReleased: true });
  });

  test("[U] cannot be given back by one who does not hold it any more", () => {
    const text = heldText(holder, ["a"]) + releaseText("web8 process 0123456789abcdef-41 y", []);
    expect(readLockFile(text)).toMatchObject({ holder, isReleased: false });
  });

  test.each([
    ["nothing", "", "", []],
    ["half a first line", "web9 proc", "", []],
    ["half a note", "web9\n{}\n{", "web9", ["{}"]],
    ["half a line that gives it back", `${holder}\n{}\nreleased by we`, holder, ["{}"]],
  ])("[U] with %s in it is read as far as its lines are whole", (_case, text, first, notes) => {
    expect(readLockFile(text)).toEqual({ holder: first, notes, isReleased: false });
  });
});
