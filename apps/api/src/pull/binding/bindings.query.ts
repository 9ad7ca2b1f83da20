import type { BindingsView, SourceOwner } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { Prepared } from '../../platform/database/prepared';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { MendersOfJobs } from '../../platform/queue/menders';

interface HeadRow extends NonNullable<BindingsView['goesWith']> { readonly sourceName: string; readonly unitName: string; readonly path: string; readonly unitId: string; readonly hasBrought: boolean; readonly revision: number; readonly ownerId: string; readonly ownerName: string; readonly ownerActive: boolean }
interface RowRow { readonly indicatorKey: string; readonly indicatorName: string; readonly tableTitle: string; readonly ownUnit: string; readonly field: string | null; readonly unit: string; readonly formula: string; readonly numeratorField: string; readonly denominatorField: string }

/** The bindings of a source, and the rows of its unit that it is not asked for. */
@Injectable()
export class BindingsQuery {
  constructor(private readonly prepared: Prepared, private readonly access: Access, private readonly people: MendersOfJobs, private readonly unitOfWork: UnitOfWork) {}

  /** @returns null where there is no such source, or none within reach */
  async view(actor: Actor, sourceId: string): Promise<BindingsView | null> {
    const head = await this.head(sourceId);
    if (head === null || !this.access.mayRead(actor, head.path)) return null;
    // Each row of the latest version of the latest year, and those bound although no table has them any more.
    const rows = await this.prepared.rows<RowRow>('bindings-rows', `
      with known as (
        select distinct on (i.indicator_key) i.indicator_key, i.name, coalesce(i.target_unit, '') as own_unit, case when t.project = '' then u.name else t.project end as title, i.ordinal
        from indicator i join performance_target_table t on t.id = i.table_id join budget_unit u on u.id = t.unit_id
        where t.unit_id = $2 order by i.indicator_key, t.fiscal_year desc, t.version desc
      )
      select coalesce(m.indicator_key, k.indicator_key) as "indicatorKey", coalesce(k.name, m.indicator_key) as "indicatorName", coalesce(k.title, '') as "tableTitle", coalesce(k.own_unit, '') as "ownUnit",
        m.field, coalesce(m.unit_symbol, '') as unit, coalesce(m.formula, '') as formula, coalesce(m.numerator_field, '') as "numeratorField", coalesce(m.denominator_field, '') as "denominatorField"
      from known k full join (select * from pull_mapping where source_id = $1) m on m.indicator_key = k.indicator_key
      order by m.ordinal nulls last, k.title, k.ordinal`, [sourceId, head.unitId]);
    const named = ({ indicatorKey, indicatorName, tableTitle, ownUnit }: RowRow) => ({ indicatorKey, indicatorName, tableTitle, ownUnit });
    return {
      revision: head.revision, owner: await this.owner(actor, head),
      sourceName: head.sourceName, unitName: head.unitName, mayChange: this.access.hasRole(actor, 'reporter', head.path) || this.access.hasRole(actor, 'administrator', head.path),
      goesWith: head.hasBrought ? null : { bindings: head.bindings, hasSchedule: head.hasSchedule, secrets: head.secrets, pulls: head.pulls, isUnderWay: head.isUnderWay },
      bindings: rows.flatMap((row) => (row.field === null ? [] : [{
        ...named(row), field: row.field, unit: row.unit, formula: row.formula, numeratorField: row.numeratorField, denominatorField: row.denominatorField,
      }])),
      unbound: rows.filter((row) => row.field === null).map(named),
    };
  }

  /** Who answers for it. Somebody who has left, or may not change it any more, is named as the owner all the same, with those who hear of it instead. */
  private async owner(actor: Actor, { ownerId, ownerName, ownerActive, unitId }: HeadRow): Promise<SourceOwner> {
    const { people, standIn } = await this.people.ofSource(this.unitOfWork.db, ownerId, unitId);
    return { name: ownerName, isMe: ownerId === actor.personId, isActive: ownerActive, answers: people.map(({ name }) => name), standIn };
  }

  private head(sourceId: string): Promise<HeadRow | null> {
    return this.prepared.one<HeadRow>('bindings-head', `
      select s.name as "sourceName", s.revision, s.owner_id as "ownerId", p.display_name as "ownerName", p.active as "ownerActive", u.name as "unitName", u.path, s.unit_id as "unitId",
        exists (select 1 from observation o join pull_run r on r.id = o.pull_run_id where r.source_id = s.id) as "hasBrought",
        (select count(*)::int from pull_mapping m where m.source_id = s.id) as bindings, exists (select 1 from pull_schedule k where k.source_id = s.id) as "hasSchedule",
        (select count(*)::int from pull_secret k where k.source_id = s.id) as secrets, (select count(*)::int from pull_run r where r.source_id = s.id) as pulls,
        exists (select 1 from pull_run r join job_run j on j.id = r.job_run_id where r.source_id = s.id and r.state in ('WAITING', 'RUNNING') and j.state in ('WAITING', 'RUNNING')) as "isUnderWay"
      from pull_source s join budget_unit u on u.id = s.unit_id join person p on p.id = s.owner_id where s.id = $1`, [sourceId]);
  }
}
