/** What other features may use of units and people. */
export { BudgetUnits, type BudgetUnitRow } from './budget-units.query';
export { RulesInForce } from './rules-in-force.query';
export { PersonQuery } from './person.query';
export { BudgetUnitModule } from './budget-unit.module';
