export const law = 1;
