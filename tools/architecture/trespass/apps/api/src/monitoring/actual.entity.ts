export const actual = 1;
