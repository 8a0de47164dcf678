/** A tiny shop: a page with an element under a strict CSP, and the proxy that it asks. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

export interface Question {
  readonly operationName: string;
  readonly orderId: string;
  readonly guestEmail: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the app answers; `undefined` means that the connection breaks. */
export type Reply = (question: Question) => object | undefined;

export class ShopServer {
  /** The element on the account's page. */
  accountElement = "b2b-debt-panel";
  /** What the page's element carries, besides the order and the address. */
  attributes: Readonly<Record<string, string>> = {};
  pageLang = "en";
  reply: Reply = () => ({ data: { b2bOrderDocuments: null } });
  readonly questions: Question[] = [];
  readonly #bundleDir: string;
  readonly #server: Server;

  constructor(bundleDir: string) {
    this.#bundleDir = bundleDir;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", this.origin);
    switch (pathname) {
      case "/complete":
        response.setHeader("Content-Security-Policy", CSP);
        send(response, "text/html", this.#thankYouPage());
        return;
      case "/account":
        response.setHeader("Content-Security-Policy", CSP);
        send(response, "text/html", this.#accountPage());
        return;
      case "/shop.css":
        send(response, "text/css", SHOP_CSS);
        return;
      case "/b2b-docs.js":
      case "/b2b-account.js":
        send(response, "text/javascript", await readFile(join(this.#bundleDir, pathname)));
        return;
      case "/axe.js":
        send(response, "text/javascript", await readFile(AXE));
        return;
      case "/api/b2b-documents":
        await this.#answer(request, response);
        return;
      case "/documents/1":
        send(response, "text/html", "<!doctype html><title>Invoice</title><p>SF-1024</p>");
        return;
      case "/documents/1.pdf":
        send(response, "application/pdf", "%PDF-1.4");
        return;
      case "/exports/documents.zip":
        response.setHeader("Content-Disposition", 'attachment; filename="documents.zip"');
        send(response, "application/zip", "PK");
        return;
      default:
        response.writeHead(404).end();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      operationName: string;
      variables: Omit<Question, "operationName" | "variables">;
    };
    const question = { operationName, ...variables, variables: { ...variables } };
    this.questions.push(question);
    const reply = this.reply(question);
    if (reply === undefined) response.destroy();
    else send(response, "application/json", JSON.stringify(reply));
  }

  #thankYouPage(): string {
    const attributes = { "order-id": "T3JkZXI6MQ==", ...this.attributes };
    return this.#page({
      title: "SF-1024",
      script: "/b2b-docs.js",
      element: tag("b2b-thank-you", attributes),
    });
  }

  #accountPage(): string {
    return this.#page({
      title: "Account",
      script: "/b2b-account.js",
      element: tag(this.accountElement, this.attributes),
    });
  }

  #page({ title, script, element }: Record<"title" | "script" | "element", string>): string {
    return `<!doctype html>
<html lang="${this.pageLang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="/shop.css">
    <script type="module" src="${script}"></script>
    <script src="/axe.js"></script>
  </head>
  <body>
    <main class="${script === "/b2b-account.js" ? "wide" : ""}">
      <h1>${title}</h1>
      ${element}
    </main>
  </body>
</html>`;
  }
}

function tag(name: string, attributes: Readonly<Record<string, string>>): string {
  const all = Object.entries({ endpoint: "/api/b2b-documents", ...attributes });
  return `<${name}${all.map(([key, value]) => ` ${key}="${value}"`).join("")}></${name}>`;
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const SHOP_CSS = `
:root { color-scheme: light dark; font-family: "Liberation Sans", Arial, sans-serif; }
body { margin: 0; }
main { margin: 0 auto; max-width: 48rem; padding: 1rem; }
main.wide { max-width: 80rem; }
h1 { font-size: 1.5rem; }
`;

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.setHeader("Content-Type", `${type}; charset=utf-8`).end(body);
}
