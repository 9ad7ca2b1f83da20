/** What other features may use of units and people. */
export { BudgetUnitQuery, type BudgetUnitRow } from './budget-unit.query';
export { PersonQuery } from './person.query';
export { BudgetUnitModule } from './budget-unit.module';
