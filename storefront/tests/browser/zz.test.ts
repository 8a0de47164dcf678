import { test, inject } from "vitest";
import { launch } from "./chromium.ts";
import { ShopServer } from "./shop-server.ts";
test("dbg", async () => {
  const b = await launch(); const shop = new ShopServer(inject("bundleDir")); await shop.start();
  const p = await (await b.newContext({ forcedColors: "active" })).newPage();
  shop.attributes = { viewer: "guest" }; 
  await p.goto(shop.origin + "/complete"); await p.locator("b2b-thank-you form").waitFor();
  console.log(await p.locator("b2b-thank-you [part~=submit]").evaluate((n) => { const c = getComputedStyle(n); const o=[c.color, c.borderColor, c.backgroundColor]; n.setAttribute("aria-disabled","true"); o.push(c.color,c.borderColor); const d=document.createElement("i"); d.style.color="GrayText"; document.body.append(d); o.push(getComputedStyle(d).color); return o; }));
  // the checks bite?
  await p.evaluate(() => { const s = document.createElement("style"); s.textContent="b{}"; document.head.append(s); const i=document.createElement("img"); document.querySelector("main")!.append(i); });
  console.log(await p.evaluate(async () => (await (globalThis as any).axe.run(document)).violations.map((v: any) => v.id)));
  console.log(await p.evaluate(async () => { const r = await (globalThis as any).axe.run(document, {rules:{'color-contrast':{enabled:true}}}); return [r.passes.map((v: any) => v.id).join(), r.incomplete.map((v: any) => v.id + v.nodes.map((n:any)=>n.html)).join()] }));
  await b.close(); await shop.stop();
});
