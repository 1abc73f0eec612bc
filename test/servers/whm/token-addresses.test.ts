import { isAcceptedFrom } from "../../../provider/servers";

describe("where a token is accepted from", () => {
  test.each<[string[], string, boolean]>([
    [[], "192.0.2.1", true],
    [["192.0.2.1"], "192.0.2.1", true],
    [["192.0.2.1"], "192.0.2.10", false],
    [["192.0.2.0/24"], "192.0.2.10", true],
    [["192.0.2.0/24"], "192.0.3.10", false],
    [["0.0.0.0/0"], "192.0.3.10", true],
    [["2001:0db8:0000:0000:0000:0000:0000:0001"], "2001:db8::1", true],
    [["2001:db8::/32"], "192.0.2.1", false],
    [["192.0.2.1"], "web1", false],
    [["nonsense"], "192.0.2.1", false],
    [["192.0.2.1/99"], "192.0.2.1", false],
  ])("[U] with the list %j from %s: %s", (list, address, expected) => {
    expect(isAcceptedFrom(list, address)).toBe(expected);
  });
});
