import { checkInputs, declaredInputs } from "../../../provider/runtime/engine/checked-inputs";
import { refuseUnjudged } from "../../../provider/runtime/engine/checked-inputs";
import { trustedRemoteIp as schema } from "../../../provider/schema/trusted-remote-ip";

const news = {
  __judged: "address\nweb1\n192.0.2.11",
  logicalName: "o/p/s/ip",
  server: "web1",
  address: "192.0.2.11",
};
const changed = { ...news, address: "192.0.2.12" };
const sentence =
  /The address 192\.0\.2\.11 that web1 trusts was judged with address 192\.0\.2\.11, but 192\.0\.2\.12/;

test("[U] a check accepts what was judged and keeps it for create and update", () => {
  expect(checkInputs(schema, news)).toEqual({ inputs: news });
  expect(declaredInputs(news)).not.toHaveProperty("__judged");
});

test("[U] a check refuses a value that differs from the judged one, without naming a property", () => {
  const { failures = [] } = checkInputs(schema, changed);
  expect(failures).toEqual([{ property: "", reason: expect.stringMatching(sentence) as string }]);
});

test("[U] create and update refuse a value that differs from the judged one, because --target skips checks", () => {
  expect(() => refuseUnjudged(changed)).toThrow(sentence);
  expect(() => refuseUnjudged(news)).not.toThrow();
  expect(() => refuseUnjudged({ ...changed, __judged: undefined })).not.toThrow();
});
