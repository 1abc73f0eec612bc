import { FileError } from "../../provider/simulator/file-error";
import { VirtualFiles } from "../../provider/simulator/virtual-files";

function tree(now = () => 1000): VirtualFiles {
  const files = new VirtualFiles(now);
  files.makeDirectories("/a/b", 0o755);
  return files;
}

/** The code of the FileError that something throws. */
function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof FileError ? error.code : String(error);
  }
}

describe("virtual files", () => {
  test("[U] a file is made with the mode that was asked for, and only when making was asked for", () => {
    const files = tree();
    expect(codeOf(() => files.open("/a/x", {}, 0o600))).toBe("no-such-file");
    expect(files.open("/a/x", { create: true }, 0o600)).toMatchObject({ kind: "file", mode: 0o600, uid: 0 });
  });

  test("[U] exclusive creation refuses a file that is there and leaves it as it was", () => {
    const files = tree();
    files.writeText("/a/x", "old");
    expect(codeOf(() => files.open("/a/x", { create: true, exclusive: true, truncate: true }, 0o600))).toBe(
      "exists",
    );
    expect(files.readText("/a/x")).toBe("old");
  });

  test("[U] truncating empties a file", () => {
    const files = tree();
    files.writeText("/a/x", "old");
    files.open("/a/x", { truncate: true }, 0o600);
    expect(files.readText("/a/x")).toBe("");
  });

  test.each([
    ["a missing parent", "/none/x", "no-such-file"],
    ["a parent that is a file", "/a/f/x", "not-a-directory"],
    ["a directory", "/a/b", "is-a-directory"],
    ["the root", "/", "exists"],
  ])("[U] creating a file at %s is refused", (_, path, code) => {
    const files = tree();
    files.writeText("/a/f", "");
    expect(codeOf(() => files.open(path, { create: true }, 0o600))).toBe(code);
  });

  test("[U] a write beyond the end fills the gap with zeros", () => {
    const files = tree();
    const file = files.open("/a/x", { create: true }, 0o600);
    files.writeAt(file, 2, Buffer.from("z"));
    expect(files.readText("/a/x")).toBe("\0\0z");
  });

  test("[U] a write inside keeps what lies around it", () => {
    const files = tree();
    files.writeText("/a/x", "abcd");
    files.writeAt(files.open("/a/x", {}, 0), 1, Buffer.from("XY"));
    expect(files.readText("/a/x")).toBe("aXYd");
  });

  test("[U] an open file outlives its removal and its replacement", () => {
    const files = tree();
    files.writeText("/a/x", "first");
    const open = files.open("/a/x", {}, 0);
    files.writeText("/a/y", "second");
    files.rename("/a/y", "/a/x", true);
    files.writeAt(open, 0, Buffer.from("FIRST"));
    expect(files.readText("/a/x")).toBe("second");
    expect(open.content.toString()).toBe("FIRST");
  });

  test("[U] rename replaces only when told to, and the source is gone", () => {
    const files = tree();
    files.writeText("/a/x", "new", 0o600);
    files.writeText("/a/y", "old");
    expect(codeOf(() => files.rename("/a/x", "/a/y", false))).toBe("exists");
    files.rename("/a/x", "/a/y", true);
    expect(files.filesBelow("/")).toEqual(["/a/y"]);
    expect(files.find("/a/y")).toMatchObject({ mode: 0o600 });
  });

  test("[U] renaming a file onto itself keeps it", () => {
    const files = tree();
    files.writeText("/a/x", "here");
    files.rename("/a/x", "/a/x", true);
    expect(files.readText("/a/x")).toBe("here");
  });

  test.each([
    ["something missing", "/a/none", "/a/z", "no-such-file"],
    ["a file over a directory", "/a/x", "/a/b", "is-a-directory"],
    ["a directory into itself", "/a", "/a/b/c", "unsupported"],
  ])("[U] renaming %s is refused and loses nothing", (_, from, to, code) => {
    const files = tree();
    files.writeText("/a/x", "here");
    files.writeText("/a/b/deep", "there");
    expect(codeOf(() => files.rename(from, to, true))).toBe(code);
    expect(files.filesBelow("/")).toEqual(["/a/b/deep", "/a/x"]);
  });

  test("[U] a directory goes only when it is empty, and a file is no directory", () => {
    const files = tree();
    files.writeText("/a/x", "");
    expect(codeOf(() => files.removeDirectory("/a"))).toBe("not-empty");
    expect(codeOf(() => files.removeDirectory("/a/x"))).toBe("not-a-directory");
    expect(codeOf(() => files.removeFile("/a/b"))).toBe("is-a-directory");
    files.removeDirectory("/a/b");
    expect(files.find("/a/b")).toBeUndefined();
  });

  test("[U] times follow the clock: a new name touches the directory, a write only the file", () => {
    let now = 1000;
    const files = tree(() => now);
    now = 2000;
    files.writeText("/a/x", "1");
    now = 3000;
    files.writeText("/a/x", "2");
    expect(files.find("/a")?.modified).toBe(2000);
    expect(files.find("/a/x")?.modified).toBe(3000);
  });

  test("[U] a file with two names is one file, and stays when either name goes", () => {
    const files = tree();
    files.writeText("/a/x", "1");
    files.link("/a/x", "/a/y");
    files.writeText("/a/x", "2");
    files.removeFile("/a/x");
    expect(files.readText("/a/y")).toBe("2");
    expect(codeOf(() => files.link("/a/y", "/a/y"))).toBe("exists");
    expect(codeOf(() => files.link("/a/none", "/a/z"))).toBe("no-such-file");
    expect(codeOf(() => files.link("/a", "/a/z"))).toBe("is-a-directory");
  });

  test("[U] dots and double slashes in a path are resolved", () => {
    const files = tree();
    files.writeText("//a/./b/../x", "here");
    expect(files.readText("/../a/x")).toBe("here");
  });

  test("[U] bytes that are no UTF-8 come back one character a byte", () => {
    const files = tree();
    files.writeText("/a/x", Buffer.from([0x66, 0xff]));
    files.writeText("/a/y", "zürich");
    expect([files.readText("/a/x"), files.readText("/a/y")]).toEqual(["f\u00ff", "zürich"]);
  });
});
