import { wantsColours, type Environment } from "../../provider/cli/wants-colours";

const rows: [env: Environment, onTerminal: boolean, elsewhere: boolean][] = [
  [{}, true, false],
  [{ NO_COLOR: "" }, true, false],
  [{ NO_COLOR: "1" }, false, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1", CLICOLOR_FORCE: "1" }, false, false],
  [{ FORCE_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "0" }, false, false],
  [{ FORCE_COLOR: "false" }, false, false],
  [{ CLICOLOR_FORCE: "1" }, true, true],
  [{ CLICOLOR_FORCE: "0" }, true, false],
  [{ CLICOLOR: "0" }, false, false],
  [{ CLICOLOR: "1" }, true, false],
  [{ TERM: "dumb" }, false, false],
  [{ TERM: "dumb", FORCE_COLOR: "1" }, true, true],
];

test.each(rows)(
  "[U] with %j output has colours on a terminal: %s, elsewhere: %s",
  (env, onTerminal, elsewhere) => {
    expect([wantsColours(env, true), wantsColours(env, false)]).toEqual([onTerminal, elsewhere]);
  },
);
