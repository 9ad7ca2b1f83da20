import { actual } from './actual.entity';
export const actuals = actual;
