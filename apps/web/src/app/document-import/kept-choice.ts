/**
 * A choice about how the page looks, kept by this browser for the next visit.
 * @param fits whether what lies there is still a choice
 */
export function keptChoice<T>(name: string, fallback: T, fits: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null');
    return fits(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** A browser that forbids storage forgets the choice. */
export function keepChoice(name: string, value: string | number): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // The page still follows it.
  }
}

function keyOf(name: string): string {
  return `jiheng.look.${name}`;
}
