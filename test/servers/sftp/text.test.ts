import fc from "fast-check";
import { decodeText, encodeText } from "../../../provider/servers/sftp/text";

describe("text of a file", () => {
  test("[U] is read as UTF-8 if it is valid", () => {
    expect(decodeText(Buffer.from("Zoë ☂\n"))).toBe("Zoë ☂\n");
    expect(encodeText("Zoë ☂\n")).toEqual(Buffer.from("Zoë ☂\n"));
  });

  test("[U] keeps a comment in Latin-1 when a line in UTF-8 is added", () => {
    const bytes = Buffer.from("# Zo\u00eb\n", "latin1");
    expect(encodeText(`${decodeText(bytes)}# ë\n`)).toEqual(Buffer.concat([bytes, Buffer.from("# ë\n")]));
  });

  test("[U] keeps any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(encodeText(decodeText(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
