/**
 * Text as it is in GitHub's Markdown: whatever could be Markdown or HTML becomes a character reference; an empty comment cuts
 * mentions, issues and addresses. Line breaks stay.
 *
 * @example escapeMarkdown('<b>') // '&#60;b&#62;'
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[&<>`|\\*_~[\]$]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/[@#](?!\d+;)|:(?=\/\/)|www(?=\.)/gi, '$&<!-- -->');
}
