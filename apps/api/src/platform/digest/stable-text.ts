/** Plain data as one text with sorted keys: equal content gives equal text, whatever the order in which it was read. */
export function stableText(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Map) return stableText([...value.entries()]);
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${stableText(held)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
