// refused by: eslint no-restricted-syntax
export const chance = (): number => Math.random();
