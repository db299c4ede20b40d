import { expect, test } from 'vitest';
import { html, Markup } from './markup.ts';

test('values are escaped in content and in quoted attributes; finished HTML is not', () => {
  const hostile = `</p><script>"'&\u0000`;
  expect(html`<p title="${hostile}">${hostile}${html`<b>${1}</b>`}${[undefined, 'x']}</p>`.text).toBe(
    '<p title="&lt;/p&gt;&lt;script&gt;&quot;&#39;&amp; ">&lt;/p&gt;&lt;script&gt;&quot;&#39;&amp; <b>1</b>x</p>',
  );
  expect(html`${new Markup('<i>')}`.text).toBe('<i>');
});
