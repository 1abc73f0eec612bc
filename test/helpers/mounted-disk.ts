import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";

/** A disk of its own in place of a directory, which holds what was there. Needs a mount namespace of its own. */
export class MountedDisk {
  private constructor(private readonly place: string) {}

  /** @param size of the disk, as `mount` takes it: `64k` */
  static mount(place: string, size: string): MountedDisk {
    const aside = mkdtempSync("/run/aside-");
    cpSync(place, aside, { recursive: true });
    run("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0755`, "tmpfs", place]);
    cpSync(aside, place, { recursive: true });
    rmSync(aside, { recursive: true });
    return new MountedDisk(place);
  }

  /** Takes all space that is left. */
  fill(): void {
    // dd ends with an error when the disk is full: that is the aim.
    run("bash", ["-c", `dd if=/dev/zero of='${this.place}/.ballast' bs=512 2>/dev/null || true`]);
  }

  free(): void {
    rmSync(`${this.place}/.ballast`, { force: true });
  }

  makeReadOnly(): void {
    run("mount", ["-o", "remount,ro", this.place]);
  }

  makeWritable(): void {
    run("mount", ["-o", "remount,rw", this.place]);
  }

  unmount(): void {
    run("umount", ["-l", this.place]);
  }
}

function run(program: string, words: string[]): void {
  execFileSync(program, words, { stdio: "pipe" });
}
