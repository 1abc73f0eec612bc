import { visibleInputs } from "../../../provider/runtime/engine/visible-inputs";

const live = { server: "web1", role: "sync", token: "LIVE", user: "root" };

test("[U] live values are told, the token too, and the default user is not written out", () => {
  expect(visibleInputs(live)).toEqual({ server: "web1", role: "sync", token: "LIVE" });
});

test("[U] another user is told", () => {
  expect(visibleInputs({ ...live, user: "alice" })).toMatchObject({ user: "alice" });
});
