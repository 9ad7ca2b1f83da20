// refused by: eslint no-restricted-syntax
export const now = (): number => Date.now();
