import { readRoleWord } from "../../../provider/servers/cluster/role-word";

test.each(["sync", "write-only", "standalone"])(
  "[U] the role %s is read with and without one line feed",
  (word) => {
    expect([readRoleWord(word), readRoleWord(`${word}\n`)]).toEqual([word, word]);
  },
);

test.each([
  "",
  "sync\r\n",
  "sync\n\n",
  " sync",
  "sync ",
  "Sync",
  "synchronize",
  "Synchronize",
  "write only",
  "\nsync",
])("[U] a member whose role file holds %j is invisible to WHM", (text) => {
  expect(readRoleWord(text)).toBeUndefined();
});
