import type { BindingPreview } from '@jiheng/contract';
import { type Refusal, type Result, formatActual, ok, periodTitle, refuse, sayFinding, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { type EarlierOf, MonitoringReports, type StoredPeriod } from '../../monitoring/monitoring.public';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import type { Db } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { AskSource } from '../ask-source.service';
import { toldOfTrial } from '../pull-failure';
import { PullRepository } from '../pull.repository';
import { Absent, namingSought } from './absent';
import { type Binding, fieldsOf } from './binding';
import { BindingRules } from './binding-rules';
import { trimmed } from './change-bindings.service';
import { cellOf, type Landing, landingsOf } from './landing';
import { isSilent, readLanding, verbatimOf } from './read-bound';

type PreviewRow = BindingPreview['rows'][number];

/** 试算: what bindings would bring on the last period, before anybody saves them. Keeps nothing. */
@Injectable()
export class PreviewBindings {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly reports: MonitoringReports, private readonly asking: AskSource,
    private readonly rules: BindingRules, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** @param periodId null asks for the latest period that has a report with one of the indicators */
  async preview(actor: Actor, sourceId: string, wished: readonly Binding[], periodId: string | null): Promise<Result<BindingPreview>> {
    const { db } = this.unitOfWork;
    const source = await this.pulls.source(db, sourceId);
    if (source === null) return refuse('pull.source-not-found');
    const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], source.unitPath, 'pull.source-not-found');
    if (!allowed.ok) return allowed;
    const bindings = wished.map(trimmed);
    const lawful = await this.rules.check(db, source.unitId, source.kind, bindings);
    if (!lawful.ok) return lawful;
    const period = periodId === null ? await this.latest(db, source.unitId, bindings) : await this.reports.period(db, periodId);
    if (period === null) return refuse('period.not-found');
    const wanted = fieldsOf(bindings);
    const fetched = await this.asking.ask(source, period, wanted);
    if (!fetched.ok) return { ok: false, refusal: toldOfTrial(namingSought(fetched.failure, source, period, wanted).refusal) };
    const absent = new Absent(source.kind, fetched.rows, fetched.body);
    const places = await this.reports.placesOf(db, source.unitId, period.id);
    const landings = landingsOf(bindings, places, fetched.rows);
    const earlierOf = await this.reports.earlierInYear(db, landings.map(cellOf));
    const rows: PreviewRow[] = [];
    for (const landing of landings) rows.push(await this.judge(db, landing, absent, earlierOf));
    const landed = new Set(landings.map((landing) => landing.binding.indicatorKey));
    for (const binding of bindings) {
      if (!landed.has(binding.indicatorKey)) rows.push({ ...EMPTY, indicatorKey: binding.indicatorKey, indicatorName: lawful.value.get(binding.indicatorKey) ?? binding.indicatorKey, outcome: 'NO_REPORT' });
    }
    return ok({ periodZh: periodTitle(period), periodEn: periodTitle(period, 'en'), rowCount: fetched.rows.length, wouldChange: rows.filter((row) => row.outcome === 'CANDIDATE' || row.outcome === 'IMPLAUSIBLE').length, rows });
  }

  /** In January the quarter that has begun is empty: what a person wants to see is what the source says of the one that is being filled in. */
  private async latest(db: Db, unitId: string, bindings: readonly Binding[]): Promise<StoredPeriod | null> {
    const today = this.clock.today();
    const year = Number(today.slice(0, 4));
    const known = [...await this.reports.periodsOf(db, year - 1), ...await this.reports.periodsOf(db, year)];
    const begun = known.filter((period) => period.startsOn <= today).reverse();
    const wanted = new Set(bindings.map((binding) => binding.indicatorKey));
    for (const period of begun) {
      const places = await this.reports.placesOf(db, unitId, period.id);
      if (places.some((place) => wanted.has(place.indicator.key))) return period;
    }
    return begun[0] ?? null;
  }

  private async judge(db: Db, landing: Landing, absent: Absent, earlierOf: EarlierOf): Promise<PreviewRow> {
    const { binding, place, said, rowText } = landing;
    const { indicator } = place;
    const row = { ...EMPTY, indicatorKey: indicator.key, indicatorName: indicator.name, verbatim: verbatimOf(said), row: rowText };
    if (isSilent(said)) {
      const { zh, en } = absent.all([binding]);
      return { ...row, outcome: 'SILENT', noteZh: zh, noteEn: en };
    }
    const wrong = (refusal: Refusal): PreviewRow => {
      const told = toldOfTrial(refusal);
      return { ...row, outcome: 'UNREADABLE', noteZh: sayRefusal(told, 'zh'), noteEn: sayRefusal(told, 'en') };
    };
    const read = readLanding(landing, absent);
    if (!read.ok) return wrong(read.refusal);
    const judged = await this.reports.previewCandidate(db, { ...cellOf(landing), actual: read.value, earlier: earlierOf(cellOf(landing)) });
    if (!judged.ok) return wrong(judged.refusal);
    const { outcome, present, warning } = judged.value;
    return {
      ...row, outcome, present: present === null ? null : formatActual(present, indicator), offered: formatActual(read.value, indicator),
      noteZh: warning === null ? null : sayFinding(warning, 'zh'), noteEn: warning === null ? null : sayFinding(warning, 'en'),
    };
  }
}

const EMPTY = { indicatorKey: '', indicatorName: '', verbatim: '', row: '', present: null, offered: null, noteZh: null, noteEn: null };
