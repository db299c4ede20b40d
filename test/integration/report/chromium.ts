import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium; the test command installs it where it can. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A page that was opened from a file, and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of its console, exceptions, and addresses that it asked for beside its own. */
  readonly complaints: string[];
}

/** A headless Chromium that opens pages from files of its own. */
export interface PageOpener {
  open(html: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Starts the browser. */
export async function startChromium(): Promise<PageOpener> {
  // As root, as in containers, Chromium has no sandbox.
  const browser: Browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  let pages = 0;
  return {
    open: async (html, options = {}) => {
      pages += 1;
      const file = join(folder, `page-${pages}.html`);
      writeFileSync(file, html);
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints: string[] = [];
      const url = pathToFileURL(file).href;
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== url) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(url);
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the scripts have drawn everything, also what is out of sight. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForSelector('body[data-drawn="true"]');
}

/** Does something on which the page draws everything again, and waits for that. */
export async function redrawn(page: Page, change: () => Promise<void>): Promise<void> {
  await page.evaluate("document.body.dataset.drawn = 'before'");
  await change();
  await drawn(page);
}
