import { Module } from '@nestjs/common';
import { CountRollUpRepository } from './count-roll-up.repository';
import { DrawRollUp } from './draw-roll-up.service';
import { KeepRollUp } from './keep-roll-up.service';
import { OutstandingQuery } from './outstanding.query';
import { RollUpController } from './roll-up.controller';
import { RollUpQuery } from './roll-up.query';

/** From the table to the province: counts that follow every change. */
@Module({ controllers: [RollUpController], providers: [CountRollUpRepository, DrawRollUp, KeepRollUp, OutstandingQuery, RollUpQuery] })
export class RollUpModule {}
