// refused by: eslint no-restricted-syntax
export const today = (): Date => new Date();
