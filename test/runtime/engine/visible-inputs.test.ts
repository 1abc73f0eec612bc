import { visibleInputs } from "../../../provider/runtime/engine/visible-inputs";

const live = { server: "web1", role: "sync", token: "LIVE", user: "root" };

test("[U] live values are shown, including the token, but not the default user", () => {
  expect(visibleInputs(live)).toEqual({ server: "web1", role: "sync", token: "LIVE" });
});

test("[U] a user other than the default is shown", () => {
  expect(visibleInputs({ ...live, user: "alice" })).toMatchObject({ user: "alice" });
});
