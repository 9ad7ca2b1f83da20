import { Injectable, inject } from '@angular/core';
import type {
  RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileList, RuleProfilePreview, RuleProfileView, decideRuleProfile, previewRuleProfile, proposeRuleProfile,
} from '@jiheng/contract';
import type { z } from 'zod';
import { Http } from './http';
import type { Answer } from './problem';

export type PreviewRuleProfileBody = z.infer<typeof previewRuleProfile>;
export type ProposeRuleProfileBody = z.infer<typeof proposeRuleProfile>;
export type DecideRuleProfileBody = z.infer<typeof decideRuleProfile>;

/** 评分规则: the profiles on record, each with all its parameters, and where they hold. */
@Injectable({ providedIn: 'root' })
export class RuleProfilesApi {
  private readonly http = inject(Http);

  list(): Promise<Answer<RuleProfileList>> {
    return this.http.get('/rule-profiles');
  }
  create(profile: Record<string, unknown>): Promise<Answer<RuleProfileView>> {
    return this.http.send('POST', '/rule-profiles', { profile });
  }
  assignments(fiscalYear: number): Promise<Answer<RuleProfileAssignmentList>> {
    return this.http.get(`/rule-profile-assignments?fiscalYear=${fiscalYear}`);
  }
  /** What another profile would change; nothing is written. */
  preview(body: PreviewRuleProfileBody): Promise<Answer<RuleProfilePreview>> {
    return this.http.send('POST', '/rule-profile-assignments/preview', body);
  }
  propose(body: ProposeRuleProfileBody): Promise<Answer<RuleProfileAssignmentView>> {
    return this.http.send('POST', '/rule-profile-assignments', body);
  }
  decide(id: string, body: DecideRuleProfileBody): Promise<Answer<RuleProfileAssignmentView>> {
    return this.http.send('POST', `/rule-profile-assignments/${id}/decision`, body);
  }
}
