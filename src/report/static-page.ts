import type { TextTable } from './plan/endpoint-table.ts';
import { DARK, escapeMarkup, LIGHT } from './plan/markup.ts';

function tokensOf({ ground, ink, muted, line }: typeof LIGHT | typeof DARK): string {
  return `:root { --ground: ${ground}; --ink: ${ink}; --muted: ${muted}; --line: ${line}; }`;
}

const STYLE = `
  :root { color-scheme: light dark; }
  ${tokensOf(LIGHT)}
  @media (prefers-color-scheme: dark) { ${tokensOf(DARK)} }
  body { margin: 0 auto; padding: 24px; max-width: 960px; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, sans-serif; }
  h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
  h2 { font-size: 18px; margin: 32px 0 8px; }
  ul { margin: 0; padding-left: 20px; }
  .chart { margin-top: 24px; overflow-x: auto; }
  svg { width: 100%; min-width: 560px; height: auto; display: block; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  th, td { padding: 6px 24px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
  th { color: var(--muted); font-weight: 600; white-space: nowrap; }
  .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .grounds { color: var(--muted); }
  @media (max-width: 640px) {
    body { padding: 16px; }
    th, td { padding-right: 16px; }
    .scroll table { width: max-content; min-width: 100%; }
    .scroll td { max-width: 280px; }
  }
  @media print { body { padding: 0; max-width: none; } }`;

/** The colours of marks for better and worse, as part of a body: a contrast of at least 4.5 to the ground. */
export const MARK_COLOURS = `<style>:root { --bad: #b42318; --good: #1a7f37; }
  @media (prefers-color-scheme: dark) { :root { --bad: #ff7b72; --good: #56d364; } }</style>`;

/** A page that needs no network and no script; a policy in it forbids both. @param body markup. */
export function staticPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A table below its title; on a narrow screen it scrolls, with the keyboard as well. */
export function tableSection(title: string, { columns, rows }: TextTable): string {
  const classOf = (column: number): string => (columns[column]?.align === 'right' ? ' class="right"' : '');
  const titles = columns.map(({ title }, column) => `<th scope="col"${classOf(column)}>${escapeMarkup(title)}</th>`);
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => `<td${classOf(column)}>${escapeMarkup(cell)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  const table = `<table><thead><tr>${titles.join('')}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>`;
  return section(title, `<div class="scroll" role="region" aria-label="${title}" tabindex="0">${table}</div>`);
}

/** A part of the page below its title. */
export function section(title: string, content: string): string {
  return `<section>\n<h2>${escapeMarkup(title)}</h2>\n${content}\n</section>`;
}
