import { Injectable, computed, inject } from '@angular/core';
import type { WorkView } from '@jiheng/contract';
import { Load } from '../api/load';
import { WorkApi } from '../api/work-api';

/** What waits for me, read once for the counter in the top bar and for the page. Lives as long as the shell. */
@Injectable()
export class Inbox {
  private readonly api = inject(WorkApi);
  readonly load = new Load<WorkView>();
  readonly count = computed(() => this.load.value()?.items.length ?? 0);

  async refresh(): Promise<void> {
    await this.load.run(() => this.api.view());
  }
}
