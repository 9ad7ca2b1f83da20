import { Injectable, inject } from '@angular/core';
import type { WorkView } from '@jiheng/contract';
import { Http } from './http';
import type { Answer } from './problem';

/** What waits for the person who is signed in. */
@Injectable({ providedIn: 'root' })
export class WorkApi {
  private readonly http = inject(Http);

  view(): Promise<Answer<WorkView>> {
    return this.http.get('/work');
  }
}
