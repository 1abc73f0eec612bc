import fc from "fast-check";
import { decodeText, encodeText } from "../../../provider/servers/sftp/text";

describe("text of a file", () => {
  test("[U] is UTF-8 where it is UTF-8", () => {
    expect(decodeText(Buffer.from("Zoë ☂\n"))).toBe("Zoë ☂\n");
    expect(encodeText("Zoë ☂\n")).toEqual(Buffer.from("Zoë ☂\n"));
  });

  test("[U] keeps a comment in Latin-1 while a line is added in UTF-8", () => {
    const bytes = Buffer.from("# Zo\u00eb\n", "latin1");
    expect(encodeText(`${decodeText(bytes)}# ë\n`)).toEqual(Buffer.concat([bytes, Buffer.from("# ë\n")]));
  });

  test("[U] any bytes come back as they were", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(encodeText(decodeText(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
