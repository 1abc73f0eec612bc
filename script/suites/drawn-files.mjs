import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../shared/paths.mjs";

/**
 * End-to-end files of which each run tries some: whole programs of one kind, and single cases whose parts are tried below the
 * engine as well. Everything else is tried each time, and `npm run test:all` tries all.
 */
const groups = [
  { of: /^test\/(examples\/|demo)/, many: 2 },
  { of: /^test\/gitops\//, many: 1 },
  { of: /^test\/install\/(npm|pnpm)\./, many: 1 },
  { of: /^test\/environments\/(?!two-stacks|killed-engine|another-server|renamed\.)/, many: 2 },
  {
    of: /^test\/resources\/(broken-member-files|disabled-member|same-host-name|turned-chain|via|replaced-token|hand-made-token|changed-credential)\./,
    many: 3,
  },
  {
    of: /^test\/(engine\.|runtime\/|resources\/(provider-changes|operations|inline-program|single-resources|mistakes)\.)/,
    many: 3,
  },
];

/**
 * The end-to-end files that a run tries.
 *
 * @param {number} seed draws the same files again
 * @returns {Promise<{ chosen: string[], of: number }>} paths from the root, and how many files there are
 */
export async function drawnFiles(seed) {
  const found = await readdir(join(root, "test"), { recursive: true });
  const files = found.filter((path) => path.endsWith(".e2e.test.ts")).map((path) => join("test", path));
  const next = numbersFrom(seed);
  const left = groups.flatMap(({ of, many }) => {
    const own = files.filter((path) => of.test(path)).sort();
    const marked = own.map((path) => ({ path, at: next() })).sort((one, other) => one.at - other.at);
    return marked.slice(many).map(({ path }) => path);
  });
  return { chosen: files.filter((path) => !left.includes(path)), of: files.length };
}

/** Numbers from 0 to 1 that look drawn at random. */
function numbersFrom(seed) {
  let state = Math.imul(seed + 1, 2_654_435_761);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
