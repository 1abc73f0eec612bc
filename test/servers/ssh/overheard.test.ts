import { PassThrough } from "node:stream";
import { Overheard } from "../../../provider/servers/ssh/overheard";

function hearing(bytes: string | Buffer): Overheard {
  const overheard = new Overheard();
  const stream = new PassThrough();
  overheard.listen(stream, () => undefined);
  stream.emit("data", Buffer.from(bytes));
  return overheard;
}

describe("what a server writes beside the protocol", () => {
  test("[U] is read as UTF-8 before its greeting", () => {
    const overheard = hearing("Zugriff nur für Befugte – 許可\r\nSSH-2.0-OpenSSH_9.9\r\n");
    expect(overheard.line).toBe("Zugriff nur für Befugte – 許可");
    expect(overheard.hasGreeted).toBe(true);
  });

  test("[U] is the banner's first line if nothing comes before the greeting", () => {
    const overheard = hearing("SSH-2.0-OpenSSH_9.9\r\n");
    overheard.hearBanner("\nAuthorised use only\nSecond line\n");
    expect(overheard.line).toBe("Authorised use only");
  });

  test("[U] is not kept whole when it has no end", () => {
    const overheard = hearing("SSH-2.0-OpenSSH_9.9\r\n");
    for (let count = 0; count < 1000; count++) overheard.hearBanner("x".repeat(30_000));
    expect(overheard.line.length).toBeLessThan(3000);
    expect(hearing(Buffer.alloc(1_000_000, 0x78)).line.length).toBeLessThan(3000);
  });
});
