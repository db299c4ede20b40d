import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { drawn, type PageOpener, redrawn } from './chromium.ts';

/** A rule of axe-core that is broken, and the first place where it is. */
type Finding = readonly [rule: string, place: string | undefined];

/** What a page looks like to those who cannot see it, in both colour schemes, and on small screens. */
export interface PageLook {
  readonly light: readonly Finding[];
  readonly dark: readonly Finding[];
  /** By how many CSS pixels it is wider than a telephone, and than a screen at 200 %. */
  readonly beyondTelephone: number;
  readonly beyondZoomed: number;
  /** Of the browser, in all of this. */
  readonly complaints: readonly string[];
}

/** Rules whose answer depends on colours; all others say the same in dark as in light. */
const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Looks at pages, two at a time, since a browser draws each on a core of its own; and opens each once, since drawing fifteen
 * charts takes longer than anything that is looked at.
 *
 * @returns for each page a function that resolves to what was seen, or rejects with what went wrong.
 */
export function lookAtPages(
  chromium: PageOpener,
  pages: readonly (() => string)[],
): readonly (() => Promise<PageLook>)[] {
  const looks = pages.map(() => Promise.withResolvers<() => PageLook>());
  const rest = pages.entries();
  const lane = async (): Promise<void> => {
    for (const [index, render] of rest) {
      const [look] = await Promise.allSettled([lookAt(chromium, render)]);
      looks[index]?.resolve(() => {
        if (look.status === 'rejected') throw look.reason;
        return look.value;
      });
    }
  };
  void lane();
  void lane();
  return looks.map(
    ({ promise }) =>
      async () =>
        (await promise)(),
  );
}

async function lookAt(chromium: PageOpener, render: () => string): Promise<PageLook> {
  const wide = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const;
  const { page, complaints } = await chromium.open(render(), wide);
  await drawn(page);
  await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
  // axe.run from the outside: the policy of the page lets no other script in.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const light = await findings(page, undefined);
  await redrawn(page, () => page.emulateMedia({ colorScheme: 'dark' }));
  const dark = await findings(page, ABOUT_COLOURS);
  const beyondTelephone = await widthBeyond(page, { width: 390, height: 844 });
  const beyondZoomed = await widthBeyond(page, { width: 720, height: 450 });
  await page.context().close();
  return { light, dark, beyondTelephone, beyondZoomed, complaints };
}

/** @param rules only these; undefined: all. */
async function findings(page: Page, rules: readonly string[] | undefined): Promise<Finding[]> {
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as {
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
}

async function widthBeyond(page: Page, viewport: { readonly width: number; readonly height: number }): Promise<number> {
  await redrawn(page, () => page.setViewportSize(viewport));
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
}
