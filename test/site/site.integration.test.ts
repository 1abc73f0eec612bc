import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { serverErrorCodes } from "../../provider/servers";
import { rules } from "../../provider/topology";
import { askSetUp } from "../helpers/ask-set-up";
import { runCommand } from "../helpers/run-command";
import { sampleOf } from "../helpers/sample";
import { serveFolder } from "./site-server";
import { testWhere } from "../helpers/where";

// The site as a reader uses it: made, served, and searched in a browser.

jest.setTimeout(180_000);

const repository = resolve(__dirname, "../..");
const found = askSetUp("find-browser.mjs") as { program: string; libraries: string } | undefined;

let folder: string;
let site: Awaited<ReturnType<typeof serveFolder>>;
let said: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-whm-site-"));
  const made = join(folder, "site");
  const { code, stdout, stderr } = await runCommand(process.execPath, ["script/site.mjs", made], {
    folder: repository,
  });
  said = stdout + stderr;
  if (code !== 0) throw new Error(said);
  site = await serveFolder(made);
});
afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("[I] the site is made without warnings, with each page", () => {
  expect(said).not.toMatch(/warn/i);
  const pages = readdirSync(join(folder, "site", "docs"));
  expect(pages).toEqual(
    expect.arrayContaining(["index.html", "errors.html", "rules.html", "installation.html"]),
  );
});

test("[I] the site shows each drawing as a picture", () => {
  const pages = ["docs/concepts.html", "docs/rules.html", "examples/index.html"];
  for (const page of pages) {
    const text = readFileSync(join(folder, "site", page), "utf8");
    expect(text).not.toContain("flowchart LR");
    const pictures = [...text.matchAll(/<img src="\/(drawings\/[^"]+)"/g)].map(([, path]) => path!);
    expect(pictures).not.toEqual([]);
    expect(pictures.filter((path) => !existsSync(join(folder, "site", path)))).toEqual([]);
  }
});

const withBrowser = testWhere(found !== undefined);

describe("a reader who searches the site", () => {
  let browser: Browser;
  let page: Page;
  const trouble: string[] = [];
  beforeAll(async () => {
    if (found === undefined) return;
    const env = { ...process.env, LD_LIBRARY_PATH: found.libraries };
    browser = await chromium.launch({ executablePath: found.program, args: ["--no-sandbox"], env });
    page = await browser.newPage();
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("response", (response) => {
      if (response.status() >= 400) trouble.push(`${response.status()} ${response.url()}`);
    });
  });
  afterAll(() => (found === undefined ? undefined : browser.close()));

  const wanted = [
    ...sampleOf([...serverErrorCodes], 2).map((code) => [code, `/docs/errors.html#${code}`]),
    ...sampleOf(rules, 2).map(({ id }) => [id, `/docs/rules.html#${id}`]),
  ];

  withBrowser("[I] finds a page behind each entry of the table of contents", async () => {
    await page.goto(`${site.url}/docs/`);
    const links = await page
      .locator(".VPSidebar a, .VPNavBarMenu a")
      .evaluateAll((each) => each.map((link) => link.getAttribute("href")!));
    const answers = await Promise.all(links.map((link) => page.request.get(`${site.url}${link}`)));
    expect(answers.filter((answer) => !answer.ok()).map((answer) => answer.url())).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  /** The page takes the key only once its scripts have run. */
  async function openSearch(): Promise<void> {
    const field = page.locator("#localsearch-input");
    for (let tries = 0; tries < 30 && !(await field.isVisible()); tries += 1) {
      await page.keyboard.press("Control+k");
      await field.waitFor({ timeout: 1_000 }).catch(() => undefined);
    }
  }

  withBrowser("[I] for an error code and a rule lands on its section, and sees it", async () => {
    for (const [word, target] of wanted) {
      await page.goto(`${site.url}/docs/`);
      await openSearch();
      await page.fill("#localsearch-input", word!);
      const first = page.locator("#localsearch-list a").first();
      await first.waitFor();
      await page.waitForTimeout(300);
      await first.click();
      await page.waitForURL(`${site.url}${target}`);
      await page.locator(`[id="${word}"]`).scrollIntoViewIfNeeded();
      expect(await page.locator(`[id="${word}"]`).isVisible()).toBe(true);
    }
    expect(trouble).toEqual([]);
  });
});
