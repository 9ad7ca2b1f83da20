import type { ParamMap } from '@angular/router';
import { JOB_KINDS, JOB_STATES } from './jobs-model';

/** Which jobs are looked at; null does not narrow. Days as YYYY-MM-DD. */
export interface JobsFilter { readonly state: string | null; readonly name: string | null; readonly from: string | null; readonly to: string | null; readonly q: string | null }

const LONGEST_SEARCH = 60;

/** The filter as query parameters; null leaves one out. */
export function addressOf({ state, name, from, to, q }: JobsFilter): { readonly [K in 'state' | 'kind' | 'from' | 'to' | 'q']: string | null } {
  return { state: state || null, kind: name || null, from: from || null, to: to || null, q: q || null };
}

/** The filter that an address names; what nobody knows there does not narrow. */
export function filterOf(query: ParamMap): JobsFilter {
  const q = (query.get('q') ?? '').trim().slice(0, LONGEST_SEARCH).trim();
  return {
    state: JOB_STATES.find((one) => one === query.get('state')) ?? null, name: JOB_KINDS.find((one) => one === query.get('kind')) ?? null,
    from: dayOf(query.get('from')), to: dayOf(query.get('to')), q: q === '' ? null : q,
  };
}

/** A day of the calendar; 31 June is none. */
function dayOf(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}
