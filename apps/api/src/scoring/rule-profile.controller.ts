import {
  type RuleProfileAssignmentList, type RuleProfileAssignmentView, type RuleProfileInForce, type RuleProfileList, type RuleProfilePreview, type RuleProfileView, createRuleProfile,
  decideRuleProfile, previewRuleProfile, proposeRuleProfile, ruleProfileAssignmentList, ruleProfileAssignmentView, ruleProfileInForce, ruleProfileList, ruleProfilePreview, ruleProfileView,
} from '@jiheng/contract';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { AssignRuleProfile } from './assign-rule-profile.service';
import { CreateRuleProfile } from './create-rule-profile.service';
import { RuleProfileQuery } from './rule-profile.query';

const one = z.object({ id: z.uuid() });
const year = z.coerce.number().int().min(2000).max(2100);
const ofYear = z.object({ fiscalYear: year.optional() });
const ofUnit = z.object({ unitId: z.uuid(), fiscalYear: year });

/** 评分规则: what is on record, where it holds, and how that is changed. */
@Controller()
export class RuleProfileController {
  constructor(private readonly found: RuleProfileQuery, private readonly creating: CreateRuleProfile, private readonly assigning: AssignRuleProfile) {}

  @Get('rule-profiles') @Policy('signed-in') @Answers(ruleProfileList)
  profiles(@CurrentActor() actor: Actor): Promise<RuleProfileList> {
    return this.found.profilesFor(actor);
  }

  @Post('rule-profiles') @Policy({ roles: ['finance', 'administrator'] }) @Answers(ruleProfileView)
  async create(@CurrentActor() actor: Actor, @Body({ schema: createRuleProfile }) body: z.output<typeof createRuleProfile>): Promise<RuleProfileView> {
    return unwrap(await this.found.profile(unwrap(await this.creating.create(actor, body.profile))));
  }

  @Get('rule-profile-assignments') @Policy('signed-in') @Answers(ruleProfileAssignmentList)
  assignments(@CurrentActor() actor: Actor, @Query({ schema: ofYear }) { fiscalYear }: z.output<typeof ofYear>): Promise<RuleProfileAssignmentList> {
    return this.found.assignmentsFor(actor, fiscalYear ?? null);
  }

  @Get('rule-profile-assignments/in-force') @Policy('signed-in') @Answers(ruleProfileInForce)
  async inForce(@CurrentActor() actor: Actor, @Query({ schema: ofUnit }) { unitId, fiscalYear }: z.output<typeof ofUnit>): Promise<RuleProfileInForce> {
    return unwrap(await this.found.inForce(actor, unitId, fiscalYear));
  }

  @Post('rule-profile-assignments/preview') @HttpCode(200) @Policy({ roles: ['finance', 'administrator'] }) @Answers(ruleProfilePreview)
  async preview(@CurrentActor() actor: Actor, @Body({ schema: previewRuleProfile }) body: z.output<typeof previewRuleProfile>): Promise<RuleProfilePreview> {
    return unwrap(await this.assigning.preview(actor, body));
  }

  @Post('rule-profile-assignments') @Policy({ roles: ['finance', 'administrator'] }) @Answers(ruleProfileAssignmentView)
  async propose(@CurrentActor() actor: Actor, @Body({ schema: proposeRuleProfile }) body: z.output<typeof proposeRuleProfile>): Promise<RuleProfileAssignmentView> {
    return unwrap(await this.found.assignment(actor, unwrap(await this.assigning.propose(actor, body))));
  }

  @Post('rule-profile-assignments/:id/decision') @HttpCode(200) @Policy({ roles: ['finance', 'administrator'] }) @Answers(ruleProfileAssignmentView)
  async decide(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: decideRuleProfile }) body: z.output<typeof decideRuleProfile>): Promise<RuleProfileAssignmentView> {
    unwrap(await this.assigning.decide(actor, id, body));
    return unwrap(await this.found.assignment(actor, id));
  }
}
