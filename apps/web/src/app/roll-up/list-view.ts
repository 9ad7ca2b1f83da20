import type { ParamMap } from '@angular/router';

export const COLUMNS = ['code', 'tables', 'handedIn', 'late', 'mean', 'red', 'budget'] as const;
export type Column = (typeof COLUMNS)[number];
/** Lines kept in the list: all of them, those with something late, or with a document at one stage. */
export const KEPT = ['ALL', 'LATE', 'unopened', 'entering', 'returned', 'submitted', 'reviewed', 'signed', 'blocked'] as const;
export type Kept = (typeof KEPT)[number];

/** How the list of those below is looked through: by a name or code, cut to some, sorted. */
export interface ListView {
  readonly sought: string;
  readonly kept: Kept;
  readonly sorting: { readonly column: Column; readonly down: boolean };
}

/** Whoever is late stands on top; where nobody is, the codes decide. */
export const FIRST_VIEW: ListView = { sought: '', kept: 'ALL', sorting: { column: 'late', down: true } };
const LONGEST_SEARCH = 100;

/** The view as query parameters; null leaves one out, as it is from the first. */
export function addressOf({ sought, kept, sorting }: ListView): { readonly q: string | null; readonly keep: string | null; readonly sort: string | null } {
  const sort = sortText(sorting);
  return { q: sought.trim() === '' ? null : sought, keep: kept === FIRST_VIEW.kept ? null : kept, sort: sort === sortText(FIRST_VIEW.sorting) ? null : sort };
}

/** The view that an address names; what nobody knows there is as from the first. */
export function viewOf(query: ParamMap): ListView {
  const [column, order] = (query.get('sort') ?? '').split('.');
  const sorted = COLUMNS.find((one) => one === column);
  return {
    sought: (query.get('q') ?? '').slice(0, LONGEST_SEARCH), kept: KEPT.find((one) => one === query.get('keep')) ?? FIRST_VIEW.kept,
    sorting: sorted !== undefined && (order === 'up' || order === 'down') ? { column: sorted, down: order === 'down' } : FIRST_VIEW.sorting,
  };
}

function sortText({ column, down }: ListView['sorting']): string {
  return `${column}.${down ? 'down' : 'up'}`;
}
