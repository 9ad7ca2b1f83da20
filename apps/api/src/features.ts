import type { DynamicModule, Type } from '@nestjs/common';
import { BudgetUnitModule } from './budget-unit/budget-unit.module';

/** Every feature, lowest first; both the server and the worker are made of this list. One line a feature. */
export const FEATURES: readonly (Type | DynamicModule)[] = [
  BudgetUnitModule,
];
