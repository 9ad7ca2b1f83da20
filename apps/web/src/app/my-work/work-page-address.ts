import type { WorkItem } from '@jiheng/contract';

const FILLED_IN_BY: ReadonlySet<WorkItem['kind']> = new Set(['ENTER', 'RETURNED', 'CANDIDATES']);

/** The page where an item is worked on. The server names the document (`/monitoring-reports/…`), the kind of work says which page of it. */
export function workPageAddress(item: Pick<WorkItem, 'kind' | 'link'>): string {
  const [, resource = '', id = ''] = item.link.split('/');
  if (resource === 'monitoring-reports' && id) return `/reports/${id}/${FILLED_IN_BY.has(item.kind) ? 'entry' : 'review'}`;
  if (resource === 'target-tables' && id) return `/tables/${id}`;
  if (resource === 'pulls') return '/sources';
  return item.link;
}

/** A target table that its reporter still works on, made by hand or by an import. */
export function isDraftTable({ kind, link }: Pick<WorkItem, 'kind' | 'link'>): boolean {
  return kind === 'ENTER' && link.startsWith('/target-tables/');
}
