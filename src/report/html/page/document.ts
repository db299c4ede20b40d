import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { cachedScript } from '../link/cached-script.ts';
import { pack } from '../shared/pack.ts';
import type { ReportData } from '../shared/report-data.ts';
import { html, Markup } from './markup.ts';

/** What a page is made of. */
export interface Page {
  readonly title: string;
  /** Which scripts come to life: a run, a comparison of two, or the trend of many. */
  readonly kind: 'run' | 'comparison' | 'trend';
  readonly body: Markup;
  /** The runs that the charts show. */
  readonly runs: readonly ReportData[];
  /** Anything else that the scripts need. */
  readonly extra?: unknown;
}

/**
 * One file that needs nothing else: styles, scripts and data are in it, and its policy forbids every request. The data is
 * compressed, so that a million requests take about two megabytes.
 */
export function documentOf(page: Page): string {
  const style = `${readAsset('uplot/dist/uPlot.min.css')}\n${readOwn('./style.css')}`;
  const scripts = [readAsset('uplot/dist/uPlot.iife.min.js'), browserScript()];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(' ')}`,
    `style-src ${sourceHash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${new Markup(style)}</style>
</head>
<body data-page="${page.kind}">
${page.body}
<noscript><p class="wrap noscript">The charts and the tables that follow the zoomed interval need JavaScript, which is switched off.</p></noscript>
<script type="application/octet-stream" id="data">${new Markup(embedded({ runs: page.runs, extra: page.extra ?? null }))}</script>
${scripts.map(
  (script) => html`<script>${new Markup(script)}</script>
`,
)}</body>
</html>
`.text;
}

/** Base64 of gzip: no character of it means anything in HTML. */
function embedded(value: unknown): string {
  return gzipSync(pack(value), { level: 7 }).toString('base64');
}

function sourceHash(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}

function readAsset(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(path), 'utf8').trim();
}

function readOwn(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
}

let linkedScript: string | undefined;

function browserScript(): string {
  linkedScript ??= cachedScript(new URL('../browser/main.ts', import.meta.url));
  return linkedScript;
}
