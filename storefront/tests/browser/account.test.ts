import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";

import { accountScenes, answers } from "./account-states.ts";
import type { AccountScene } from "./account-states.ts";
import { launch, missing } from "./chromium.ts";
import { ShopServer } from "./shop-server.ts";

const SCREENSHOTS = process.env["B2B_SCREENSHOTS"] ?? join(tmpdir(), "b2b-docs-storefront");
const LANGUAGES = ["uk", "ru", "en"] as const;
/** A Wednesday in the month that the answers are from. */
const TODAY = new Date("2025-07-16T10:00:00Z");

describe.skipIf(missing !== null)("the account in Chromium, under a strict CSP", () => {
  let browser: Browser;
  let shop: ShopServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    browser = await launch();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = new ShopServer(inject("bundleDir"));
    await shop.start();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      timezoneId: "Europe/Kyiv",
    });
    page = await context.newPage();
    await page.clock.install({ time: TODAY });
    complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });

  afterEach(async () => {
    await page.context().close();
    await shop.stop();
  });

  async function open(scene: AccountScene, lang = "en"): Promise<void> {
    shop.pageLang = lang;
    shop.accountElement = scene.element;
    shop.attributes = scene.attributes ?? {};
    shop.reply = scene.reply;
    await page.goto(`${shop.origin}/account`);
    await page.locator(`${scene.element} [part=panel]`).waitFor();
    await scene.act?.(page);
    await page.locator(`${scene.element} :is(${scene.shown})`).first().waitFor();
  }

  function openElement(element: AccountScene["element"], shown: string): Promise<void> {
    return open({ name: element, element, reply: answers({}), shown });
  }

  async function violations(): Promise<string[]> {
    const results = await page.evaluate(() => {
      const { axe: runner } = globalThis as unknown as { axe: typeof axe };
      return runner.run(document, { resultTypes: ["violations"] });
    });
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
    );
  }

  function overflow(): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  describe.each(accountScenes)("$name", (scene) => {
    test.each(LANGUAGES)("is accessible, fits and keeps to the CSP: %s", async (lang) => {
      await open(scene, lang);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await violations()).toEqual([]);
          expect(await overflow()).toBeLessThanOrEqual(0);
          const name = `${scene.name}-${lang}-${String(width)}-${colorScheme}.png`;
          await page.locator("main").screenshot({ path: join(SCREENSHOTS, name) });
        }
      }
      expect(complaints).toEqual([]);
    });
  });

  test.each(["uk", "ru", "en"])("a page of 320 pixels is wide enough: %s", async (lang) => {
    await page.setViewportSize({ width: 320, height: 800 });
    for (const scene of accountScenes) {
      await open(scene, lang);
      expect(await overflow(), scene.name).toBeLessThanOrEqual(0);
    }
  });

  test("the figures lead to Balance with the contract's id", async () => {
    const scene = accountScenes.find(({ name }) => name === "panel-one");
    if (scene === undefined) throw new Error("No such scene");
    await open(scene);

    const link = page.locator("b2b-debt-panel [part~=debt] a");

    expect(await link.getAttribute("href")).toBe(
      `${shop.origin}/account/balance?contract=QjJCQ29udHJhY3Q6MQ%3D%3D`,
    );
  });

  test("the panel asks again each minute, and when the page is told to", async () => {
    await openElement("b2b-debt-panel", "[part~=overdue]");
    expect(shop.questions).toHaveLength(1);

    await page.clock.runFor(61_000);
    await expect.poll(() => shop.questions.length).toBe(2);
    await page.evaluate(() => dispatchEvent(new Event("b2b-docs:refresh")));

    await expect.poll(() => shop.questions.length).toBe(3);
  });

  test("what is selected is downloaded as one file", async () => {
    await openElement("b2b-journal", "[part~=more]");
    await page.locator("b2b-journal [part=select]").nth(0).check();
    await page.locator("b2b-journal [part=select]").nth(1).check();

    const download = page.waitForEvent("download");
    await page.locator("b2b-journal [part~=zip]").click();

    expect((await download).suggestedFilename()).toBe("documents.zip");
    expect(shop.questions.at(-1)?.variables).toEqual({
      format: "ZIP",
      ids: ["1", "2"],
      language: "en",
    });
  });

  test("the Journal is searched while somebody types, once they pause", async () => {
    await openElement("b2b-journal", "[part~=more]");
    // However slowly the keys come, they come without a pause.
    await page.clock.pauseAt(new Date(TODAY.getTime() + 60_000));

    await page.locator("b2b-journal [type=search]").pressSequentially("1024");
    await page.clock.runFor(400);

    await expect.poll(() => shop.questions.at(-1)?.variables["filter"]).toEqual({ search: "1024" });
    expect(shop.questions.filter((each) => each.operationName === "B2BJournal")).toHaveLength(2);
  });

  test("tabs are reached and turned with the keyboard alone", async () => {
    await openElement("b2b-balance", "[part~=row-footer]");
    await page.locator("b2b-balance [role=tab]").first().focus();

    await page.keyboard.press("ArrowRight");
    await page.locator("b2b-balance [part~=storno]").waitFor();

    const chosen = page.locator("b2b-balance [role=tab][aria-selected=true]");
    expect(await chosen.textContent()).toContain("Movements");
    expect(await chosen.evaluate((tab) => tab.matches(":focus-visible"))).toBe(true);
    expect(shop.questions.at(-1)?.variables).toMatchObject({
      dateFrom: "2025-07-01",
      dateTo: "2025-07-16",
    });
  });

  test("a screen reader is told of a table's rows and heads, also where they are cards", async () => {
    await openElement("b2b-payments", "[part~=provisional]");
    await page.setViewportSize({ width: 390, height: 800 });

    const table = page.getByRole("table", { name: "Payments" });

    expect(await table.getByRole("row").count()).toBe(4);
    expect(await table.getByRole("cell").count()).toBeGreaterThan(12);
  });
});
