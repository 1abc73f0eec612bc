import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../shared/paths.mjs";

/**
 * End-to-end files of which each run tries some: whole programs of one kind, and single cases whose parts are tried below the
 * engine as well. A file belongs to the first group that fits. Everything else is tried each time, and `npm run test:all`
 * tries all.
 */
const groups = [
  { of: /^test\/(examples\/|demo|pictures)/, many: 1 },
  { of: /^test\/gitops\//, many: 1 },
  { of: /^test\/install\/(npm|pnpm)\./, many: 1 },
  { of: /^test\/cli\/adopt\/(killed|moving|structures)\./, many: 1 },
  { of: /^test\/environments\/(another-server|killed-engine|renamed|two-stacks)\./, many: 2 },
  { of: /^test\/(environments|operations)\//, many: 1 },
  {
    of: /^test\/(rotation\/|resources\/(cluster-proof|drain|guarded-cluster|risks|risks-four-ways)\.)/,
    many: 1,
  },
  { of: /^test\/(policy\/|resources\/(display|expired-token|run-program)\.)/, many: 1 },
  {
    of: /^test\/resources\/(broken-member-files|disabled-member|same-host-name|turned-chain|via|replaced-token|hand-made-token|changed-credential)\./,
    many: 2,
  },
  {
    of: /^test\/(engine\.|runtime\/|resources\/(provider-changes|operations|inline-program|single-resources|mistakes)\.)/,
    many: 2,
  },
];

/**
 * The end-to-end files that a run tries.
 *
 * @param {string} seed draws the same files again
 * @returns {Promise<{ chosen: string[], of: number }>} paths from the root, and how many files there are
 */
export async function drawnFiles(seed) {
  const found = await readdir(join(root, "test"), { recursive: true });
  const files = found.filter((path) => path.endsWith(".e2e.test.ts")).map((path) => join("test", path));
  const left = groups.flatMap((group) => {
    const own = files.filter((path) => groups.find(({ of }) => of.test(path)) === group);
    const marked = own.map((path) => ({ path, place: placeOf(path, seed) }));
    const inPlace = marked.sort((one, other) => (one.place < other.place ? -1 : 1));
    return inPlace.slice(group.many).map(({ path }) => path);
  });
  return { chosen: files.filter((path) => !left.includes(path)), of: files.length };
}

/** Where a file comes in the order of a draw: another place with each seed. */
function placeOf(path, seed) {
  return createHash("sha256").update(`${seed} ${path}`).digest("hex");
}
