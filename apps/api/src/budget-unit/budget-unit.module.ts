import { Module } from '@nestjs/common';
import { BudgetUnitQuery } from './budget-unit.query';
import { PersonQuery } from './person.query';

/** Who reports: units in a tree, people, roles, and their sessions. */
@Module({ providers: [BudgetUnitQuery, PersonQuery], exports: [BudgetUnitQuery, PersonQuery] })
export class BudgetUnitModule {}
