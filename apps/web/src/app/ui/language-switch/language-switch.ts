import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Words } from '../../words/words';

/** One button that offers the other language in that language. */
@Component({
  selector: 'jh-language-switch',
  template: '<button type="button" [attr.lang]="other().lang" (click)="words.setLanguage(other().language)">{{ other().text }}</button>',
  styles: 'button{border:1px solid currentColor;border-radius:3px;padding:1px 9px;min-height:28px;background:none;color:inherit;cursor:pointer;font-size:13px;opacity:.92}button:hover{opacity:1;text-decoration:underline}',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LanguageSwitch {
  protected readonly words = inject(Words);
  protected readonly other = computed(() =>
    this.words.language() === 'zh' ? ({ language: 'en', lang: 'en', text: 'English' } as const) : ({ language: 'zh', lang: 'zh-CN', text: '中文' } as const),
  );
}
