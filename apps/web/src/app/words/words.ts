import { Injectable, signal } from '@angular/core';
import { fill, type Dictionary, type Language, type Say } from './dictionary';

const KEPT_AS = 'jiheng.language';

/** The language of the screen and the sentences in it. Kept in the browser, Chinese until someone chooses. */
@Injectable({ providedIn: 'root' })
export class Words {
  private readonly chosen = signal<Language>(keptLanguage());
  readonly language = this.chosen.asReadonly();

  constructor() {
    this.tellDocument(this.chosen());
  }

  setLanguage(language: Language): void {
    this.chosen.set(language);
    this.tellDocument(language);
    try {
      localStorage.setItem(KEPT_AS, language);
    } catch {
      // A browser that forbids storage forgets the choice; the page still follows it.
    }
  }

  /** A page's way to speak: `readonly t = inject(Words).of(workWords)`, then `{{ t('title') }}`. */
  of<K extends string>(dictionary: Dictionary<K>): Say<K> {
    return (key, params) => fill(dictionary[this.chosen()][key], params);
  }

  /** Picks from a sentence that came in both languages, such as a refusal of the server. */
  pick(sentence: { readonly zh: string; readonly en: string }): string {
    return sentence[this.chosen()];
  }

  /** Screen readers and line breaking go by the language of the document. */
  private tellDocument(language: Language): void {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }
}

function keptLanguage(): Language {
  try {
    return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}
