import { one } from './loop-one';
export const two = (): number => one();
