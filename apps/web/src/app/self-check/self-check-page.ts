import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { ENGINE_VERSION } from '@jiheng/domain';
import { Session } from '../session/session';
import { Icon } from '../ui/icon/icon';
import { Words } from '../words/words';
import { SelfCheckModel } from './self-check-model';
import { GROUP_TITLES_EN, selfCheckWords } from './self-check-words';

/** 规则自检: every user can verify the law in the program as it was built and delivered. */
@Component({
  selector: 'jh-self-check-page',
  imports: [Icon],
  templateUrl: './self-check-page.html',
  styleUrl: './self-check-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SelfCheckPage {
  private readonly words = inject(Words);
  protected readonly session = inject(Session);
  protected readonly t = this.words.of(selfCheckWords);
  protected readonly engine = ENGINE_VERSION;
  protected readonly model = new SelfCheckModel(() => import('@jiheng/domain/testing'), () => performance.now());

  constructor() {
    void this.model.run();
  }

  protected titleOf(title: string): string {
    return this.words.pick({ zh: title, en: GROUP_TITLES_EN[title] ?? title });
  }
}
