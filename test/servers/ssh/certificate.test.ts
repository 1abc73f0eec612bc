import { parseCertificate } from "../../../provider/servers/ssh/certificates/certificate";
import { troubleWith } from "../../../provider/servers/ssh/certificates/host-certificate";
import { authority, type CertificateFields, makeCertificate } from "../helpers/make-certificate";

const now = Date.parse("2030-06-01T00:00:00Z");

const trouble = (fields: CertificateFields): string | undefined =>
  troubleWith(parseCertificate(makeCertificate(fields))!, "NS1", now);

describe("a host's certificate", () => {
  test.each<[string, CertificateFields, string | undefined]>([
    ["for the host", {}, undefined],
    ["for several hosts", { principals: ["web1", "ns1"] }, undefined],
    ["for a pattern", { principals: ["ns?"] }, "it is for ns?"],
    ["for another host", { principals: ["ns2", "xns1"] }, "it is for ns2, xns1"],
    ["for no host", { principals: [] }, "it names no host; sign it with -n"],
    ["of a user", { type: 1 }, "it is a user's certificate"],
    ["of the past", { before: BigInt(now / 1000) }, "it has expired on 2030-06-01"],
    ["of the future", { after: BigInt(now / 1000) + 1n }, "it is not valid before 2030-06-01"],
    ["of a time that no calendar has", { after: 2n ** 63n }, "it is not valid before the year 9999"],
    ["with a demand", { options: "force-command" }, "it demands force-command, which is not known here"],
  ])("[U] %s is judged", (_title, fields, expected) => {
    expect(trouble(fields)).toBe(expected);
  });

  test("[U] of which any byte was changed is not accepted", () => {
    const whole = makeCertificate();
    for (let place = 0; place < whole.length; place++) {
      const changed = Buffer.from(whole);
      changed[place]! ^= 1;
      const parsed = parseCertificate(changed);
      const isAccepted =
        parsed !== undefined &&
        parsed.authority.equals(authority) &&
        troubleWith(parsed, "ns1", now) === undefined;
      expect([place, isAccepted]).toEqual([place, false]);
    }
  });

  test("[U] that ends early, or is a plain key, is none", () => {
    const whole = makeCertificate();
    for (let length = 0; length < whole.length; length++)
      expect(parseCertificate(whole.subarray(0, length))).toBeUndefined();
    expect(parseCertificate(authority)).toBeUndefined();
  });
});
