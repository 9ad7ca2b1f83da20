import { Injectable, inject } from '@angular/core';
import type { RuleProfileList } from '@jiheng/contract';
import { Http } from './http';
import type { Answer } from './problem';

/** 评分规则: the profiles on record, each with all its parameters. */
@Injectable({ providedIn: 'root' })
export class RuleProfilesApi {
  private readonly http = inject(Http);

  list(): Promise<Answer<RuleProfileList>> {
    return this.http.get('/rule-profiles');
  }
}
