// refused by: eslint no-restricted-imports
import { z } from 'zod';
export const shape = z.string();
