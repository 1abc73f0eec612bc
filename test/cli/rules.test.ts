import { risks, rules as table } from "../../provider/topology";
import { commandLine } from "./helpers";

describe("rules", () => {
  test("[U] prints a line for each rule, in the order of the rule table", async () => {
    const { code, output } = await commandLine(["rules"]);
    expect(code).toBe(0);
    const ids = output.split("\n").map((line) => line.split(" ")[0]);
    expect(ids.slice(1, table.length + 1)).toEqual(table.map(({ id }) => id));
  });

  test.each([66, 80, 100, 140, 240])("[U] fits its table into a terminal of %i columns", async (columns) => {
    const { output } = await commandLine(["rules"], { columns });
    const widest = Math.max(...output.split("\n").map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(columns);
  });

  test("[U] prints every rule without its code as JSON", async () => {
    const { output } = await commandLine(["rules", "--json"]);
    const data = JSON.parse(output) as object[];
    expect(data).toHaveLength(table.length);
    const { check: _check, ...first } = table[0];
    expect(data[0]).toEqual(first);
  });

  test.each(table.map(({ id }) => id))("[U] explains consequence, example and way out of %s", async (id) => {
    const { code, output } = await commandLine(["rules", id]);
    const rule = table.find((each) => each.id === id)!;
    expect(code).toBe(0);
    expect(output).toContain(rule.consequence);
    expect(output).toContain(rule.example);
    expect(output.includes("change the topology instead")).toBe(rule.fixed);
    expect(output.includes(`${id}: { severity: `)).toBe(!rule.fixed);
  });

  test.each(["two-servers", "sync-back", "many-changes"])(
    "[U] fits the page of %s into 60 columns",
    async (id) => {
      const { output } = await commandLine(["rules", id], { columns: 60 });
      const prose = output.split("\n").filter((line) => !line.startsWith("  "));
      expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(60);
      expect(output).toMatch(/^consequence {2}\S.*\n {13}\S/m);
    },
  );

  test("[U] prints one rule as one JSON object", async () => {
    const { output } = await commandLine(["rules", "sync-back", "--json"]);
    expect(JSON.parse(output)).toMatchObject({
      id: "sync-back",
      fixed: true,
      severity: "error",
      guide: ["G2"],
    });
  });

  test.each(risks)("[U] explains the risk $id, and how to allow it", async ({ id, summary, consequence }) => {
    const { code, output } = await commandLine(["rules", id]);
    expect(code).toBe(0);
    expect(output).toContain(summary);
    expect(output).toContain(consequence);
    expect(output).toContain(`allow: [{ risk: "${id}"`);
    const asData = await commandLine(["rules", id, "--json"]);
    expect(JSON.parse(asData.output)).toMatchObject({ id, summary });
  });

  test("[U] exits with 2 for an unknown rule and names the nearest one", async () => {
    const { code, output, errors } = await commandLine(["rules", "synchback"]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("There is no rule synchback; did you mean sync-back?");
  });

  test("[U] names no rule where none is near", async () => {
    const { errors } = await commandLine(["rules", "frobnicate"]);
    expect(errors).toBe("There is no rule frobnicate. `whm-dns rules` lists them all.\n");
  });
});
