/**
 * A text whose letters stand in the order in which they are written: characters that turn the order around would make one
 * name look like another, and are replaced by a sign that something was there.
 */
export function visibleText(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
}
