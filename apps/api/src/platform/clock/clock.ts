import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config';

/** China keeps one time, without summer time, 8 hours ahead of UTC. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The only asker of the time. Days are days of Asia/Shanghai; a demonstration may hold the day still (`JIHENG_TODAY`). */
@Injectable()
export class Clock {
  constructor(private readonly config: AppConfig) {}

  /** This moment; with a set day, the present hour on that day, so that the order of acts stays right. */
  now(): Date {
    const real = new Date();
    if (this.config.JIHENG_TODAY === undefined) return real;
    const msOfDay = (real.getTime() + SHANGHAI_OFFSET_MS) % 86_400_000;
    return new Date(Date.parse(`${this.config.JIHENG_TODAY}T00:00:00+08:00`) + msOfDay);
  }

  /** Today in Asia/Shanghai as `YYYY-MM-DD`. */
  today(): string {
    return this.config.JIHENG_TODAY ?? dayInShanghai(new Date());
  }
}

/** The calendar day of a moment in Asia/Shanghai, `YYYY-MM-DD`. */
export function dayInShanghai(moment: Date): string {
  return new Date(moment.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}
