import { parseOnce, stringifyOnce } from "../../provider/schema/said-once";

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\n".padEnd(120, "x");

test("[U] a long text that stands in several places is written once and comes back in all of them", () => {
  const servers = { web1: { connection: { privateKey: key } }, ns1: { connection: { privateKey: key } } };
  const json = stringifyOnce(servers);
  expect(json.split(key.slice(40))).toHaveLength(2);
  expect(parseOnce(json)).toEqual(servers);
});

test("[U] without such texts it is plain JSON, which people write by hand too", () => {
  const servers = { web1: { connection: { privateKey: key, host: "web1" } }, ns1: { address: "192.0.2.1" } };
  expect(stringifyOnce(servers)).toBe(JSON.stringify(servers));
  expect(parseOnce(JSON.stringify(servers))).toEqual(servers);
});

test("[U] servers that are called texts and value are servers", () => {
  const servers = { texts: { address: "192.0.2.1" }, value: { address: "192.0.2.2" } };
  expect(parseOnce(stringifyOnce(servers))).toEqual(servers);
});

test("[U] fields that are left out stay so, and the order of the servers too", () => {
  const servers = { b: { key, other: undefined }, a: { key } };
  const found = parseOnce(stringifyOnce(servers)) as object;
  expect(Object.keys(found)).toEqual(["b", "a"]);
  expect(found).toEqual({ b: { key }, a: { key } });
});

test("[U] what is no JSON is refused", () => {
  expect(() => parseOnce("{")).toThrow(SyntaxError);
});
