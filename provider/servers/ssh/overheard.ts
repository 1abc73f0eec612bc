import type { Duplex } from "node:stream";
import { firstLine } from "../errors";

/** Other services that people reach by a wrong port, by how they begin. */
const strangers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^(?:220|421)[ -].*(?:ftp)/i, "an FTP server"],
  [/^(?:220|421|554)[ -].*(?:smtp|mail|postfix|exim)/i, "a mail server"],
  [/^(?:220|421|554)[ -]/, "an FTP or mail server"],
  [/^HTTP\/\d/, "a web server"],
  [/^<(?:!doctype|html)/i, "a web server"],
  [/^\+OK/, "a POP3 server"],
  [/^\* OK/, "an IMAP server"],
  [/^RFB \d/, "a VNC server"],
  [/^[\u0015\u0016]\u0003/, "a server that speaks TLS"],
];

/** Bytes that are kept of what comes before the greeting, and characters of the banner: a server may send them without end. */
const mostKept = 2048;

/**
 * What a server writes that is no part of the protocol: lines before its greeting, which RFC 4253 allows, and its banner.
 */
export class Overheard {
  private head = "";
  private greeted = false;
  private banner = "";

  /** Name of the service that answers in place of sshd; undefined as long as it may be sshd. */
  get stranger(): string | undefined {
    if (this.greeted) return undefined;
    const isWhole = /\n/.test(this.head) || this.head.startsWith("\u0015\u0003");
    return isWhole ? strangers.find(([pattern]) => pattern.test(this.head))?.[1] : undefined;
  }

  /** Whether the server has greeted as SSH servers do. */
  get hasGreeted(): boolean {
    return this.greeted;
  }

  /** First line that is no part of the protocol; empty if there is none. */
  get line(): string {
    const before = this.greeted ? this.head.replace(/^SSH-[\s\S]*$/m, "") : this.head;
    return firstLine(Buffer.from(before, "latin1").toString()) || firstLine(this.banner);
  }

  /** Takes text that the server shows to whoever logs in. */
  hearBanner(text: string): void {
    this.banner += text.slice(0, mostKept - this.banner.length);
  }

  /** Listens until the greeting has come. Told when it is another service that answers. */
  listen(stream: Duplex, onStranger: () => void): void {
    const hear = (part: Buffer): void => {
      this.head += part.subarray(0, mostKept - this.head.length).toString("latin1");
      this.greeted = /^SSH-/m.test(this.head);
      if (this.greeted || this.head.length >= mostKept) stream.off("data", hear);
      if (this.stranger !== undefined) onStranger();
    };
    stream.on("data", hear);
  }
}
