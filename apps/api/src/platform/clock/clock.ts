import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config';

/** China keeps one time, without summer time, 8 hours ahead of UTC. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The only asker of the time. Days are days of Asia/Shanghai; a demonstration may hold the day still (`JIHENG_TODAY`). */
@Injectable()
export class Clock {
  private held: string | undefined;

  constructor(private readonly config: AppConfig) {
    this.held = config.JIHENG_TODAY;
  }

  /** For a demonstration whose year is acted out day by day: the clock stands on that day until told otherwise; undefined lets it run as set. */
  holdAt(day: string | undefined): void {
    if (!this.config.JIHENG_DEMONSTRATION) throw new Error('only a demonstration may move its clock');
    this.held = day ?? this.config.JIHENG_TODAY;
  }

  /** This moment; with a set day, the present hour on that day, so that the order of acts stays right. */
  now(): Date {
    const real = new Date();
    if (this.held === undefined) return real;
    const msOfDay = (real.getTime() + SHANGHAI_OFFSET_MS) % 86_400_000;
    return new Date(Date.parse(`${this.held}T00:00:00+08:00`) + msOfDay);
  }

  /** Today in Asia/Shanghai as `YYYY-MM-DD`. */
  today(): string {
    return this.held ?? dayInShanghai(new Date());
  }
}

/** A moment to the minute as sentences say it, in Asia/Shanghai. */
export function minuteWords(moment: Date): { readonly zh: string; readonly en: string } {
  const minute = new Date(moment.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
  return { zh: `${minute}（北京时间）`, en: `${minute} (Beijing time)` };
}

/** The calendar day of a moment in Asia/Shanghai, `YYYY-MM-DD`. */
export function dayInShanghai(moment: Date): string {
  return new Date(moment.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}
