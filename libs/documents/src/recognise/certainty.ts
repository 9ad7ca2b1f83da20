/** How sure a reading is: a product of shares of certainty, each in hundredths, exact until it is said. */
export interface Certainty {
  readonly product: bigint;
  readonly scale: bigint;
}

/** Nothing was guessed. */
export const CERTAIN: Certainty = { product: 1n, scale: 1n };

/** Less sure by a share, in hundredths of what it was. */
export function lessSure(certainty: Certainty, hundredths: number): Certainty {
  return { product: certainty.product * BigInt(hundredths), scale: certainty.scale * 100n };
}

/** As decimal text with two places, 0…1, rounded half up. */
export function say(certainty: Certainty): string {
  if (certainty === CERTAIN) return '1.00';
  const { product, scale } = certainty;
  const hundredths = (product * 100n + scale / 2n) / scale;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
