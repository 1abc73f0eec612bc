import { tokenSettings } from "../../../provider/runtime/token/settings";

const settings = (more: Partial<Parameters<typeof tokenSettings>[0]>) =>
  tokenSettings({ acls: ["clustering"], whitelistIps: [], ...more });

test.each([
  [["10.0.0.1", "10.0.0.1"], ["10.0.0.1"]],
  [["10.0.0.1/32"], ["10.0.0.1"]],
  [["2001:DB8:0:0:0:0:0:1/128"], ["2001:0db8:0000:0000:0000:0000:0000:0001"]],
  [["2001:db8::/32"], ["2001:0db8:0000:0000:0000:0000:0000:0000/32"]],
  [["::ffff:10.0.0.1"], ["0000:0000:0000:0000:0000:ffff:0a00:0001"]],
  [
    ["10.0.0.2", "10.0.0.1"],
    ["10.0.0.1", "10.0.0.2"],
  ],
])("[U] the addresses %j equal %j", (one, other) => {
  expect(settings({ whitelistIps: one })).toEqual(settings({ whitelistIps: other }));
});

test.each([
  [["10.0.0.0/8"], ["10.0.0.0"]],
  [["10.0.0.1"], ["10.0.0.10"]],
  [["2001:db8::/32"], ["2001:db8::/64"]],
  [["2001:db8::1"], ["2001:db8::"]],
])("[U] the addresses %j differ from %j", (one, other) => {
  expect(settings({ whitelistIps: one })).not.toEqual(settings({ whitelistIps: other }));
});

test("[U] order and duplicates of privileges do not matter, and all means every privilege", () => {
  expect(settings({ acls: ["status", "clustering", "status"] })).toEqual(
    settings({ acls: ["clustering", "status"] }),
  );
  expect(settings({ acls: ["all", "clustering"] })).toEqual(settings({ acls: ["all"] }));
});

test("[U] the marker of an unknown list only means that the list differs", () => {
  const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9" as unknown as string[];
  expect(settings({ acls: unknownValue })).not.toEqual(settings({}));
  expect(settings({ whitelistIps: unknownValue })).not.toEqual(settings({}));
});
