import { Module } from '@nestjs/common';
import { BudgetUnits } from './budget-units.query';
import { PeopleController } from './people.controller';
import { People } from './people.service';
import { PersonQuery } from './person.query';
import { RulesInForce } from './rules-in-force.query';
import { SessionController } from './session.controller';
import { Sessions } from './sessions.service';
import { SetUp } from './set-up.service';
import { SignInThrottle } from './sign-in-throttle';
import { UnitHistoryQuery } from './unit-history.query';
import { Units } from './units.service';
import { UnitsController } from './units.controller';

/** Who reports: units in a tree, people, roles, and their sessions. */
@Module({
  controllers: [SessionController, PeopleController, UnitsController],
  providers: [BudgetUnits, RulesInForce, PersonQuery, Sessions, SetUp, SignInThrottle, People, Units, UnitHistoryQuery],
  exports: [BudgetUnits, RulesInForce, PersonQuery],
})
export class BudgetUnitModule {}
