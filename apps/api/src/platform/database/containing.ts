/**
 * The `like` pattern of every text that contains these words, which may have percent signs and underscores of their own.
 * `like` and not `strpos`: PostgreSQL guesses that a third of all rows contain any word that `strpos` looks for, and then walks them in the order of the page.
 */
export function containing(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}
