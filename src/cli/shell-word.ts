/** A word as it is typed into a shell: in quotation marks where it needs them. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
