/** The two numbers of "20.00 / 20". Points keep the places they are printed with; a weight loses the zeros nobody writes on the form. */
export function sayPoints(points: string | null, weight: string): { readonly points: string; readonly weight: string } {
  return { points: points ?? '—', weight: withoutTrailingZeros(weight) };
}

/** `20.00` → `20`, `7.50` → `7.5`; works on the text, so no digit is lost to a float. */
export function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
