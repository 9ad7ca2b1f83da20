// refused by: eslint no-restricted-syntax
export const rounded = (points: number): string => points.toFixed(2);
