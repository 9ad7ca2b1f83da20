import { refuse } from '@jiheng/domain';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ArchivedYears } from '../database/archived-years';
import { Prepared } from '../database/prepared';
import { unwrap } from '../http/refusal.exception';
import { Access } from './access';

// Year and place of a document by the first word of its address.
const DOCUMENTS: Readonly<Record<string, string>> = {
  'monitoring-reports': 'select d.fiscal_year as year, u.path from monitoring_report d join performance_target_table t on t.id = d.table_id join budget_unit u on u.id = t.unit_id where d.id = $1',
  'self-evaluations': 'select t.fiscal_year as year, u.path from self_evaluation d join performance_target_table t on t.id = d.table_id join budget_unit u on u.id = t.unit_id where d.id = $1',
  'target-tables': 'select t.fiscal_year as year, u.path from performance_target_table t join budget_unit u on u.id = t.unit_id where t.id = $1',
};
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * A document whose year is in the archive answers where it is and nothing else, whatever is asked of it: its values and points are not here, and
 * a page without them would say that nothing was reported. Costs nothing while no year is away.
 */
@Injectable()
export class ArchivedYearInterceptor implements NestInterceptor {
  constructor(private readonly archive: ArchivedYears, private readonly prepared: Prepared, private readonly access: Access) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, , word = ''] = (request.routeOptions.url ?? '').split('/');
    if (Object.hasOwn(DOCUMENTS, word)) {
      const away = await this.archive.all();
      if (away.size > 0) await this.refuseIfAway(request, word, away);
    }
    return next.handle();
  }

  private async refuseIfAway(request: FastifyRequest, word: string, away: ReadonlySet<number>): Promise<void> {
    const { id } = request.params as { id?: string };
    if (id === undefined) {
      const year = Number((request.query as { fiscalYear?: string } | undefined)?.fiscalYear);
      if (request.method === 'GET' && away.has(year)) unwrap(refuse('year.archived', { year: String(year) }));
      return;
    }
    if (!ID.test(id)) return;
    const found = await this.prepared.one<{ year: number; path: string }>(`archived-${word}`, DOCUMENTS[word] ?? '', [id]);
    const actor = request.jihengSession?.actor;
    // Who may not see the document learns nothing of it here either.
    if (found !== null && away.has(found.year) && actor !== undefined && this.access.mayRead(actor, found.path)) unwrap(refuse('year.archived', { year: String(found.year) }));
  }
}
