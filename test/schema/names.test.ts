import { topology } from "../../provider/schema/topology";
import { read } from "../../provider/schema/problems";
import { problemLine } from "../../provider/schema/problem";

const ns1 = { type: "dnsonly", address: "192.0.2.53" };

function linesOf(servers: Record<string, unknown>): string[] {
  const reading = read(topology, { servers });
  return "problems" in reading ? reading.problems.map(problemLine) : [];
}

describe("the name of a server", () => {
  test.each([
    ["a line break", "ns1\nns2", 'servers["ns1\\nns2"]: the name must not contain a line break'],
    ["a blank at its end", "ns1 ", "servers.ns1 : the name must not begin or end with a blank"],
    ["nothing in it", "", "servers.: the name must not be empty"],
  ])("[U] is refused with %s, in one line", (_what, name, line) => {
    const lines = linesOf({ [name]: ns1 });
    expect(lines).toEqual([expect.stringContaining(line)]);
    expect(lines.join("")).not.toContain("\n");
  });

  test("[U] with control characters is quoted where another value is wrong", () => {
    const lines = linesOf({ "ns1\u001b[2J": { ...ns1, type: "dnsonyl" } });
    expect(lines[0]).toContain('servers["ns1\\u001b[2J"].type: must be');
  });
});
