const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for use between tags and inside quoted attributes, in HTML and in XML; control characters become spaces. */
export function escapeMarkup(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The colours of a plan. Text has a contrast of at least 4.5 to its ground, and the series differ in brightness. */
export const LIGHT = {
  ground: '#ffffff',
  ink: '#1b1f24',
  muted: '#57606a',
  line: '#d0d7de',
  shade: '#f3f5f8',
  arrivals: '#0550ae',
  present: '#b45309',
} as const;

/** The same for readers who prefer light text on dark ground. */
export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  ground: '#0d1117',
  ink: '#e6edf3',
  muted: '#9198a1',
  line: '#3d444d',
  shade: '#161b22',
  arrivals: '#58a6ff',
  present: '#f0883e',
};
