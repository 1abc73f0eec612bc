import { packJson, unpackJson } from "../../provider/schema/packed-json";

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\n".padEnd(600, "x");

test("[U] a value is unpacked as it was, with its order and without omitted fields", () => {
  const servers = { b: { key, other: undefined, note: "Zürich" }, a: { key } };
  const found = unpackJson(packJson(servers)) as object;
  expect(Object.keys(found)).toEqual(["b", "a"]);
  expect(found).toEqual({ b: { key, note: "Zürich" }, a: { key } });
});

test("[U] a key that every server has costs little more than a key that only one has", () => {
  const one = packJson({ a: { key } }).length;
  const twenty = packJson(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`web${at}`, { key }])));
  expect(twenty.length).toBeLessThan(one + 20 * 20);
});

test("[U] equal values give equal texts, so that the provider does not change", () => {
  expect(packJson({ web1: { address: "192.0.2.10" } })).toBe(
    "q1YqT00yVLKqVkpMSSlKLS5WslIytDTSM9Az0jM0UKqtBQA=",
  );
});

test.each([`{"web1":{"address":"192.0.2.10"}}`, `\n  { "web1": { "address": "192.0.2.10" } }\n`])(
  "[U] plain JSON, as people write it into the configuration, is accepted: %j",
  (text) => {
    expect(unpackJson(text)).toEqual({ web1: { address: "192.0.2.10" } });
  },
);

test.each(["{", "", "web1", "q1YqT03K"])("[U] %j is refused", (text) => {
  expect(() => unpackJson(text)).toThrow();
});
