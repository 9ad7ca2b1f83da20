// refused by: tsc libs/domain/tsconfig.json
export const page = (): string => document.title;
