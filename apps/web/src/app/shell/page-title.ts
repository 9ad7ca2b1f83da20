import { EnvironmentProviders, Injectable, Provider, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { Words } from '../words/words';

const PRODUCT = { zh: '绩衡', en: 'Jiheng' } as const;

/** Titles of the routes are written `中文|English`; the window follows the language switch. */
@Injectable()
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly words = inject(Words);
  private readonly route = signal('');

  constructor() {
    super();
    effect(() => {
      const [zh = '', en = zh] = this.route().split('|');
      const page = this.words.pick({ zh, en });
      const product = this.words.pick(PRODUCT);
      this.title.setTitle(page ? `${page} · ${product}` : product);
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.route.set(this.buildTitle(snapshot) ?? '');
  }
}

export function providePageTitle(): (Provider | EnvironmentProviders)[] {
  return [{ provide: TitleStrategy, useClass: PageTitle }];
}
