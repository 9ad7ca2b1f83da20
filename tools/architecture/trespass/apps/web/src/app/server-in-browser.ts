// refused by: eslint no-restricted-imports
import { DataSource } from 'typeorm';
export const source = DataSource;
