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
  test("[U] are created with the requested mode, and only on request", () => {
    const files = tree();
    expect(codeOf(() => files.open("/a/x", {}, 0o600))).toBe("no-such-file");
    expect(files.open("/a/x", { create: true }, 0o600)).toMatchObject({ kind: "file", mode: 0o600, uid: 0 });
  });

  test("[U] are not changed by an exclusive creation, which fails", () => {
    const files = tree();
    files.writeText("/a/x", "old");
    expect(codeOf(() => files.open("/a/x", { create: true, exclusive: true, truncate: true }, 0o600))).toBe(
      "exists",
    );
    expect(files.readText("/a/x")).toBe("old");
  });

  test("[U] are emptied by truncation", () => {
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
  ])("[U] cannot be created at %s", (_, path, code) => {
    const files = tree();
    files.writeText("/a/f", "");
    expect(codeOf(() => files.open(path, { create: true }, 0o600))).toBe(code);
  });

  test("[U] get zeros in the gap before a write beyond the end", () => {
    const files = tree();
    const file = files.open("/a/x", { create: true }, 0o600);
    files.writeAt(file, 2, Buffer.from("z"));
    expect(files.readText("/a/x")).toBe("\0\0z");
  });

  test("[U] keep what surrounds a write inside", () => {
    const files = tree();
    files.writeText("/a/x", "abcd");
    files.writeAt(files.open("/a/x", {}, 0), 1, Buffer.from("XY"));
    expect(files.readText("/a/x")).toBe("aXYd");
  });

  test("[U] stay readable through an open handle after removal and replacement", () => {
    const files = tree();
    files.writeText("/a/x", "first");
    const open = files.open("/a/x", {}, 0);
    files.writeText("/a/y", "second");
    files.rename("/a/y", "/a/x", true);
    files.writeAt(open, 0, Buffer.from("FIRST"));
    expect(files.readText("/a/x")).toBe("second");
    expect(open.content.toString()).toBe("FIRST");
  });

  test("[U] are replaced by a rename only on request, and the source is gone", () => {
    const files = tree();
    files.writeText("/a/x", "new", 0o600);
    files.writeText("/a/y", "old");
    expect(codeOf(() => files.rename("/a/x", "/a/y", false))).toBe("exists");
    files.rename("/a/x", "/a/y", true);
    expect(files.filesBelow("/")).toEqual(["/a/y"]);
    expect(files.find("/a/y")).toMatchObject({ mode: 0o600 });
  });

  test("[U] survive a rename onto themselves", () => {
    const files = tree();
    files.writeText("/a/x", "here");
    files.rename("/a/x", "/a/x", true);
    expect(files.readText("/a/x")).toBe("here");
  });

  test.each([
    ["a missing file", "/a/none", "/a/z", "no-such-file"],
    ["a file over a directory", "/a/x", "/a/b", "is-a-directory"],
    ["a directory into itself", "/a", "/a/b/c", "unsupported"],
  ])("[U] refuse a rename of %s and lose nothing", (_, from, to, code) => {
    const files = tree();
    files.writeText("/a/x", "here");
    files.writeText("/a/b/deep", "there");
    expect(codeOf(() => files.rename(from, to, true))).toBe(code);
    expect(files.filesBelow("/")).toEqual(["/a/b/deep", "/a/x"]);
  });

  test("[U] include directories, which are removed only when empty, and a file is not a directory", () => {
    const files = tree();
    files.writeText("/a/x", "");
    expect(codeOf(() => files.removeDirectory("/a"))).toBe("not-empty");
    expect(codeOf(() => files.removeDirectory("/a/x"))).toBe("not-a-directory");
    expect(codeOf(() => files.removeFile("/a/b"))).toBe("is-a-directory");
    files.removeDirectory("/a/b");
    expect(files.find("/a/b")).toBeUndefined();
  });

  test("[U] have times: a new name changes the directory's, a write only the file's", () => {
    let now = 1000;
    const files = tree(() => now);
    now = 2000;
    files.writeText("/a/x", "1");
    now = 3000;
    files.writeText("/a/x", "2");
    expect(files.find("/a")?.modified).toBe(2000);
    expect(files.find("/a/x")?.modified).toBe(3000);
  });

  test("[U] are one file with two names, which stays when one name is removed", () => {
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

  test("[U] are found by paths with dots and double slashes", () => {
    const files = tree();
    files.writeText("//a/./b/../x", "here");
    expect(files.readText("/../a/x")).toBe("here");
  });

  test("[U] are read as one character for each byte if they are not UTF-8", () => {
    const files = tree();
    files.writeText("/a/x", Buffer.from([0x66, 0xff]));
    files.writeText("/a/y", "zürich");
    expect([files.readText("/a/x"), files.readText("/a/y")]).toEqual(["f\u00ff", "zürich"]);
  });
});
