import type { MigrationInterface } from 'typeorm';
import { Platform1767100000000 } from './1767100000000-platform';

/** Every step of the schema, oldest first. Forward only: what has run somewhere is never edited, a new step is added below. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Platform1767100000000,
];
