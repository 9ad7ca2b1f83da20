// refused by: tsc libs/domain/tsconfig.json
export const wait = (): void => { setTimeout(() => undefined, 1); };
