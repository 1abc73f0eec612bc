import type { VirtualFiles } from "./virtual-files";

/** Files that a forgetful server has renamed and will put back as they were, once somebody has read them. */
export class ForgottenFiles {
  private readonly earlier = new Map<string, string | undefined>();

  constructor(private readonly files: VirtualFiles) {}

  /** Notes what is at a path now. */
  note(path: string): void {
    this.earlier.set(path, this.files.readText(path));
  }

  /** Puts back what was at a path. */
  afterReading(path: string): void {
    if (!this.earlier.has(path)) return;
    const text = this.earlier.get(path);
    this.earlier.delete(path);
    this.files.removeTree(path);
    if (text !== undefined) this.files.writeText(path, text, 0o600);
  }
}
