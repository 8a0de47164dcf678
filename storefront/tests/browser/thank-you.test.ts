import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";

import { launch, missing } from "./chromium.ts";
import { ShopServer } from "./shop-server.ts";
import { notRequested, preparing, ready, renewed, requested, scenes } from "./states.ts";
import type { Scene } from "./states.ts";

const SCREENSHOTS = process.env["B2B_SCREENSHOTS"] ?? join(tmpdir(), "b2b-docs-storefront");
const LANGUAGES = ["uk", "ru", "en"] as const;
const ELEMENT = "b2b-thank-you";

describe.skipIf(missing !== null)("in Chromium, under a strict CSP", () => {
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
  });

  afterEach(async () => {
    await page.context().close();
    await shop.stop();
  });

  async function newPage(options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      ...options,
    });
    page = await context.newPage();
    complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      const text = message.text();
      // A connection that a scene breaks on purpose is reported by the browser itself.
      if (message.type() === "error" && !text.includes("net::ERR_")) complaints.push(text);
    });
  }

  async function open(scene: Scene, lang: string): Promise<void> {
    shop.pageLang = lang;
    shop.attributes = scene.attributes ?? {};
    shop.reply = scene.reply;
    if (page.url() === "about:blank") await page.clock.install();
    await page.goto(`${shop.origin}/complete`);
    await page.clock.runFor(100);
    await page.locator(`${ELEMENT} [part=title]`).waitFor();
    await scene.act?.(page);
    await page.locator(`${ELEMENT} :is(${scene.shown})`).first().waitFor();
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

  describe.each(scenes)("$name", (scene) => {
    test.each(LANGUAGES)("is accessible, fits and keeps to the CSP: %s", async (lang) => {
      await newPage();
      await open(scene, lang);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width: 1280, height: 800 });
        expect(await violations()).toEqual([]);
        for (const width of [1280, 390, 320]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await overflow()).toBeLessThanOrEqual(0);
          const path = join(
            SCREENSHOTS,
            `${scene.name}-${lang}-${String(width)}-${colorScheme}.png`,
          );
          await page.locator("main").screenshot({ path });
        }
      }
      expect(complaints).toEqual([]);
    });

    test("can be read in forced colours", async () => {
      await newPage({ forcedColors: "active" });
      await open(scene, "uk");

      const path = join(SCREENSHOTS, `${scene.name}-uk-1280-forced.png`);
      await page.locator("main").screenshot({ path });
      expect(complaints).toEqual([]);
    });
  });

  test("the policy is in force: an inline style is refused and noticed", async () => {
    await newPage();
    shop.reply = ready;
    await page.goto(`${shop.origin}/complete`);

    await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      document.head.append(style);
    });

    await expect.poll(() => complaints.join()).toContain("Content Security Policy");
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe("block");
  });

  test("the document appears without a reload, and the page is told", async () => {
    await newPage();
    let asked = 0;
    shop.reply = (question) => (++asked < 3 ? preparing : ready)(question);
    await page.goto(`${shop.origin}/complete`);
    const heard = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener("b2b-documents-ready", (event) => {
            const { documents } = (event as CustomEvent<{ documents: { number: string }[] }>)
              .detail;
            resolve(documents.map(({ number }) => number).join());
          });
        }),
    );

    await page.locator(`${ELEMENT} [part~=status-success]`).waitFor();

    expect(await heard).toBe("SF-1024");
    expect(shop.questions).toHaveLength(3);
  });

  test("download brings the file under the document's number", async () => {
    await newPage();
    shop.reply = ready;
    await page.goto(`${shop.origin}/complete`);

    const download = page.waitForEvent("download");
    await page.locator(`${ELEMENT} [part~=download]`).click();

    expect((await download).suggestedFilename()).toBe("SF-1024.pdf");
  });

  test("print opens the web document in a tab that can't reach back", async () => {
    await newPage();
    shop.reply = ready;
    await page.goto(`${shop.origin}/complete`);

    const opened = page.context().waitForEvent("page");
    await page.locator(`${ELEMENT} [part~=print]`).click();
    const tab = await opened;

    expect(tab.url()).toBe(`${shop.origin}/documents/1#print`);
    expect(await tab.evaluate(() => window.opener === null)).toBe(true);
  });

  test("a guest needs nothing but the keyboard", async () => {
    await newPage();
    shop.attributes = { viewer: "guest" };
    shop.reply = (question) =>
      question.guestEmail === "buyer@example.com"
        ? ready(question)
        : { data: { b2bOrderDocuments: null } };
    await page.goto(`${shop.origin}/complete`);
    await page.locator(`${ELEMENT} form`).waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");

    await page.keyboard.press("Tab");
    await page.keyboard.type("other@example.com");
    await page.keyboard.press("Enter");
    await page.locator(`${ELEMENT} [part=error]`).waitFor();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("buyer@example.com");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.locator(`${ELEMENT} [part~=document]`).waitFor();

    const visited: string[] = [];
    for (let tab = 0; tab < 3; tab += 1) {
      await page.keyboard.press("Tab");
      visited.push(await focusedPart());
    }
    expect(visited).toEqual(["button download", "button print", "button open"]);
    expect(await page.locator(`${ELEMENT} [part~=open]`).evaluate(outlineOf)).toBe("solid");
    const opened = page.context().waitForEvent("page");
    await page.keyboard.press("Enter");
    expect((await opened).url()).toBe(`${shop.origin}/documents/1`);
  });

  test("a pressed button that goes leaves the keyboard where it was", async () => {
    await newPage();
    let isBroken = true;
    shop.reply = (question) => (isBroken ? { data: null, errors: [{}] } : ready(question));
    await page.goto(`${shop.origin}/complete`);
    await page.locator(`${ELEMENT} [part~=retry]`).waitFor();
    isBroken = false;

    await page.keyboard.press("Tab");
    expect(await focusedPart()).toBe("button retry");
    await page.keyboard.press("Enter");
    await page.locator(`${ELEMENT} [part~=document]`).waitFor();
    await page.keyboard.press("Tab");

    expect(await focusedPart()).toBe("button download");
  });

  test("an invoice is asked for by keyboard, once, and the keyboard stays where it was", async () => {
    await newPage();
    let isMade = false;
    shop.reply = (question) => {
      if (question.operationName === "B2BOrderDocuments") {
        return (isMade ? ready : notRequested)(question);
      }
      isMade = true;
      return requested();
    };
    await page.goto(`${shop.origin}/complete`);
    await page.locator(`${ELEMENT} [part~=request]`).waitFor();
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");

    await page.keyboard.press("Tab");
    expect(await focusedPart()).toBe("button request");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.locator(`${ELEMENT} [part~=document]`).waitFor();
    await page.keyboard.press("Tab");

    expect(await focusedPart()).toBe("button download");
    expect(shop.questions.map(({ operationName }) => operationName)).toEqual([
      "B2BOrderDocuments",
      "B2BInvoiceRequest",
      "B2BOrderDocuments",
    ]);
  });

  describe("when the links have grown old", () => {
    beforeEach(async () => {
      await newPage();
      await page.clock.install();
      shop.reply = ready;
      await page.goto(`${shop.origin}/complete`);
      await page.locator(`${ELEMENT} [part~=document]`).waitFor();
      // The computer slept: it is two hours later, and no timer came due.
      await page.clock.setSystemTime(Date.now() + 2 * 60 * 60_000);
      shop.reply = renewed;
    });

    test.each([
      ["print", "/documents/1?fresh#print"],
      ["open", "/documents/1?fresh"],
    ])("a press opens the fresh one, past the pop-up blocker: %s", async (part, address) => {
      const opened = page.context().waitForEvent("page");

      await page.locator(`${ELEMENT} [part~=${part}] svg`).click();

      expect((await opened).url()).toBe(`${shop.origin}${address}`);
      expect(await (await opened).evaluate(() => window.opener === null)).toBe(true);
      expect(shop.questions).toHaveLength(2);
      expect(complaints).toEqual([]);
    });

    test("a press downloads from the fresh one", async () => {
      const download = page.waitForEvent("download");

      await page.locator(`${ELEMENT} [part~=download]`).click();

      expect((await download).url()).toBe(`${shop.origin}/documents/1.pdf?fresh`);
      expect((await download).suggestedFilename()).toBe("SF-1024.pdf");
    });

    test("coming back to the page renews them, and the card stays", async () => {
      const card = await page.locator(`${ELEMENT} [part~=document]`).elementHandle();

      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await page.locator(`${ELEMENT} a[href$="/documents/1?fresh"]`).waitFor();

      expect(await card.evaluate((node) => node.isConnected)).toBe(true);
      expect(shop.questions).toHaveLength(2);
    });
  });

  test("nothing moves for those who asked for that; else the mark turns", async () => {
    await newPage();
    shop.reply = preparing;
    await page.goto(`${shop.origin}/complete`);
    const spinner = page.locator(`${ELEMENT} .spinner`);
    expect(await spinner.evaluate((node) => node.getAnimations().length)).toBe(0);

    await page.emulateMedia({ reducedMotion: "no-preference" });

    expect(await spinner.evaluate((node) => node.getAnimations().length)).toBe(1);
  });

  test("a shop can set colours and reach the parts", async () => {
    await newPage();
    shop.reply = ready;
    await page.goto(`${shop.origin}/complete`);
    await page.locator(`${ELEMENT} [part~=document]`).waitFor();

    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        b2b-thank-you { --b2b-accent: rgb(1, 2, 3); }
        b2b-thank-you::part(total) { color: rgb(4, 5, 6); }
      `);
      document.adoptedStyleSheets.push(sheet);
    });

    const styleOf = (part: string, property: string): Promise<string> =>
      page
        .locator(`${ELEMENT} [part~=${part}]`)
        .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);
    expect(await styleOf("download", "background-color")).toBe("rgb(1, 2, 3)");
    expect(await styleOf("total", "color")).toBe("rgb(4, 5, 6)");
  });

  function focusedPart(): Promise<string> {
    return page.evaluate(
      (name) =>
        document.querySelector(name)?.shadowRoot?.activeElement?.getAttribute("part") ?? "none",
      ELEMENT,
    );
  }
});

function outlineOf(node: Element): string {
  return getComputedStyle(node).outlineStyle;
}
