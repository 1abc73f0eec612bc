import { editFile, type EditedPlace } from "../../../provider/servers/sftp/edit-file";

/** A place in memory, with others who do something at a chosen moment. */
class SharedPlace implements EditedPlace {
  file: { text: string } | undefined;
  /** Files that are displaced and still on the disk. */
  aside = 0;
  private readonly others: Others;

  constructor(text: string, others: Others) {
    this.file = { text };
    this.others = { ...others };
  }

  read(): Promise<Buffer | undefined> {
    const found = this.file && Buffer.from(this.file.text);
    this.once("afterRead", this.file);
    return Promise.resolve(found);
  }

  exchange(content: Buffer | undefined, expected: Buffer | undefined) {
    if (expected && this.file?.text !== expected.toString()) return Promise.resolve("changed" as const);
    this.once("beforeMove", this.file);
    const displaced = this.file;
    this.file = content && { text: content.toString() };
    this.once("afterMove", displaced);
    if (displaced) this.aside += 1;
    return Promise.resolve(
      displaced && {
        readAll: () => Promise.resolve(Buffer.from(displaced.text)),
        putBack: () => Promise.resolve(void (this.file = displaced)),
        discard: () => Promise.resolve(void (this.aside -= 1)),
      },
    );
  }

  append(bytes: Buffer): Promise<void> {
    this.file = { text: `${this.file?.text ?? ""}${bytes.toString()}` };
    return Promise.resolve();
  }

  /** Takes out the line `ours`, and the file with it when nothing else is in it. */
  edit(content: Buffer): Buffer | undefined {
    const rest = content.toString().replace("ours\n", "");
    return rest === "" ? undefined : Buffer.from(rest);
  }

  private once(moment: "afterRead" | "beforeMove" | "afterMove", file: { text: string } | undefined): void {
    const other = this.others[moment];
    delete this.others[moment];
    if (other && file) other(file, this);
  }
}

type Others = Partial<Record<"afterRead" | "beforeMove" | "afterMove", Other>>;
type Other = (file: { text: string }, place: SharedPlace) => void;

const appends: Other = (file) => (file.text += "theirs\n");
const replaces: Other = ({ text }, place) => (place.file = { text: `${text}theirs\n` });
const rewrites: Other = (file) => {
  const { text } = file;
  file.text = "";
  setTimeout(() => (file.text = `theirs\n${text}`), 10);
};

describe("editing a file that others edit too", () => {
  test.each([
    ["appends after it was read", { afterRead: appends }],
    ["appends just before it is displaced", { beforeMove: appends }],
    ["has it open and appends after it was displaced", { afterMove: appends }],
    ["replaces it after it was read", { afterRead: replaces }],
    ["replaces it just before it is displaced", { beforeMove: replaces }],
    ["appends and later replaces it", { afterRead: appends, beforeMove: replaces }],
  ])("[U] keeps the line of a program that %s", async (_name, others) => {
    const place = new SharedPlace("a\nours\n", others);
    await editFile(place);
    const theirs = "theirs\n".repeat(Object.keys(others).length);
    expect(place.file?.text).toBe(`a\n${theirs}`);
  });

  test("[U] keeps the lines of a program that empties and refills the file while it is displaced", async () => {
    const place = new SharedPlace("a\nours\n", { beforeMove: rewrites });
    await editFile(place);
    expect(place.file?.text).toBe("theirs\na\n");
  });

  test.each([
    ["appends", { beforeMove: appends }],
    ["replaces it", { beforeMove: replaces }],
    ["has it open and appends late", { afterMove: appends }],
  ])(
    "[U] keeps a file that was to be removed if it has the line of a program that %s",
    async (_name, others) => {
      const place = new SharedPlace("ours\n", others);
      await editFile(place);
      expect(place.file?.text).toBe("theirs\n");
    },
  );

  test.each([
    ["appended just before", { beforeMove: appends }, "a\nours\ntheirs\n"],
    ["appended late", { afterMove: appends }, "a\nours\ntheirs\n"],
    ["appended to a file that was to be removed", { beforeMove: appends }, "ours\ntheirs\n"],
    ["put in place", { beforeMove: replaces }, "a\nours\ntheirs\n"],
  ])(
    "[U] restores the old file if a line that was %s does not fit on the disk",
    async (_case, others, after) => {
      const place = new SharedPlace(after.replace("theirs\n", ""), others);
      const exchange = place.exchange.bind(place);
      const full = (): Promise<never> => Promise.reject(new Error("disk full"));
      place.exchange = (content, expected) => (expected ? exchange(content, expected) : full());
      place.append = full;
      await expect(editFile(place)).rejects.toThrow("disk full");
      expect([place.file?.text, place.aside]).toEqual([after, 0]);
    },
  );

  test("[U] removes a file without other content", async () => {
    const place = new SharedPlace("ours\n", {});
    await editFile(place);
    expect(place.file).toBeUndefined();
  });

  test("[U] does not touch a file that needs no change", async () => {
    const place = new SharedPlace("a\n", { beforeMove: () => expect("touched").toBe("untouched") });
    await editFile(place);
    expect(place.file?.text).toBe("a\n");
  });
});
