// refused by: tsc libs/domain/tsconfig.json
import { readFileSync } from 'node:fs';
export const text = (): string => String(readFileSync('x'));
