import { computed, signal } from '@angular/core';
import type { PullAuth, PullSecretName, PullSourceSettings, PullSourceView, PullTrial } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';
import type { ChangePullSourceBody, CreatePullSourceBody, TryPullSourceBody } from '../api/pull-sources-api';
import { type Mapped, fixedOf, plainOf } from './form-bindings';
import { type KeptSourceDraft, withoutSecrets } from './kept-source-draft';
import { type TypedSource, sourceDifferences } from './source-differences';
import { settingsMissing } from './source-gaps';
import { fieldOfRefusal } from './source-refusal-place';
import { NO_SETTINGS, authKindsOf, emptyAuth, readHeaders, sayHeaders, secretNamesOf } from './source-settings';

/** An indicator that a source can be asked for. */
export interface MappableIndicator {
  readonly key: string;
  readonly name: string;
  readonly tableTitle: string;
  /** Unit of the row, '' for one that is no number. */
  readonly unit: string;
}

/** What the draft asks of the outside. */
export interface SourceFormGateway {
  create(body: CreatePullSourceBody): Promise<Answer<PullSourceView>>;
  change(id: string, body: ChangePullSourceBody): Promise<Answer<PullSourceView>>;
  try(body: TryPullSourceBody): Promise<Answer<PullTrial>>;
  /** The indicators of a unit in the year looked at. */
  indicators(unitId: string): Promise<Answer<readonly MappableIndicator[]>>;
}

export type SourceKind = PullSourceView['kind'];
export type SourceField = 'name' | 'unit' | 'place' | 'rowsPath' | 'keyField' | 'valueField' | 'mappings' | 'headers' | 'user' | 'header' | 'tokenUrl' | 'clientId' | 'secret' | 'paging' | 'nextPath' | 'query' | 'hostKey' | 'dataSet' | 'orgUnit' | 'sheet';
export type SourceGap = 'nameMissing' | 'unitMissing' | 'placeMissing' | 'fieldMissing' | 'mappingsMissing' | 'headersWrong';

/** The names of key and value that sources of a kind usually have. */
const USUAL: Readonly<Record<SourceKind, { readonly keyField: string; readonly valueField: string }>> = {
  HTTP_JSON: { keyField: 'key', valueField: 'value' }, DHIS2: { keyField: 'dataElement', valueField: 'value' }, SQL: { keyField: 'key', valueField: 'value' },
  SHEET_FOLDER: { keyField: '指标编码', valueField: '数值' }, SFTP_FOLDER: { keyField: '指标编码', valueField: '数值' },
};

/** A pull source under the pen, without its DOM. */
export class PullSourceDraft {
  readonly name = signal('');
  readonly kind = signal<SourceKind>('HTTP_JSON');
  readonly place = signal('');
  readonly rowsPath = signal('$.rows[*]');
  readonly keyField = signal(USUAL.HTTP_JSON.keyField);
  readonly valueField = signal(USUAL.HTTP_JSON.valueField);
  readonly settings = signal<PullSourceSettings>(NO_SETTINGS);
  /** Further headers as they are typed, one a line. */
  readonly headersText = signal('');
  /** Secrets typed on this visit: a text sets one, '' takes a stored one away, absent leaves it. They never come from the server. */
  readonly secrets = signal<Partial<Readonly<Record<PullSecretName, string>>>>({});
  readonly secretNames = computed(() => secretNamesOf(this.kind(), this.settings()));
  readonly unitId = signal('');
  readonly indicators = signal<readonly MappableIndicator[]>([]);
  readonly indicatorsRead = signal(false);
  /** What of the source goes into which row. */
  readonly mapped = signal<Mapped>(new Map());
  readonly busy = signal<'saving' | 'trying' | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly trial = signal<PullTrial | null>(null);
  private readonly checked = signal<'save' | 'try' | null>(null);

  readonly mappings = computed(() => [...this.mapped()].filter(([, { field }]) => field.trim() !== '').map(([indicatorKey, { field, unit }]) => ({ indicatorKey, field: field.trim(), unit: unit.trim() })));
  /** Bindings with a formula or parts, by indicator: they are changed on the page of the source, and stay as they are when this form is saved. */
  readonly fixed = computed(() => fixedOf(this.base()));
  /** The source as it is now, when somebody else has changed it since it was taken up. */
  readonly conflict = signal<PullSourceView | null>(null);
  readonly differences = computed(() => { const present = this.conflict(); return present === null ? null : sourceDifferences(this.typedSource(), present); });
  /** What is missing, by field; said after the first try. */
  readonly gaps = computed<ReadonlyMap<SourceField, SourceGap>>(() => {
    const gaps = new Map<SourceField, SourceGap>();
    if (this.checked() === null) return gaps;
    if (this.name().trim() === '') gaps.set('name', 'nameMissing');
    if (this.unitId() === '') gaps.set('unit', 'unitMissing');
    if (this.place().trim() === '') gaps.set('place', 'placeMissing');
    if (this.kind() === 'HTTP_JSON' && this.rowsPath().trim() === '') gaps.set('rowsPath', 'fieldMissing');
    for (const field of ['keyField', 'valueField'] as const) if (this.kind() !== 'DHIS2' && this[field]().trim() === '') gaps.set(field, 'fieldMissing');
    for (const field of settingsMissing(this.kind(), this.settings())) gaps.set(field, 'fieldMissing');
    if (this.kind() === 'HTTP_JSON' && readHeaders(this.headersText()) === null) gaps.set('headers', 'headersWrong');
    if (this.checked() === 'save' && this.mappings().length === 0 && this.fixed().size === 0) gaps.set('mappings', 'mappingsMissing');
    return gaps;
  });
  /** The field the server's refusal is about; null when it is about none of them. */
  readonly problemField = signal<SourceField | null>(null);
  /** What the trial made of each row. */
  readonly readings = computed(() => new Map((this.trial()?.mapped ?? []).map((one) => [one.indicatorKey, one])));

  /** How many mapped rows the trial could not read. */
  readonly unreadable = computed(() => (this.trial()?.mapped ?? []).filter((one) => one.problemZh !== null).length);
  /** The source from which this is written, and its revision. */
  private readonly base = signal<PullSourceView | null>(null);
  private readonly revision = signal(0);
  /** Plain bindings that stood here when the pen was taken up: an emptied field takes only one of these away. */
  private begunWith: readonly string[] = [];
  /** What stood here when the pen was taken up. */
  private readonly before = signal('');
  /** Whether something was typed that nobody has saved. */
  readonly dirty = computed(() => this.text() !== this.before() || Object.keys(this.secrets()).length > 0);
  /** What was written for other units while this draft is open: whoever comes back to one finds it. */
  private readonly ofUnits = new Map<string, Mapped>();

  /** @param of the source that is changed; null for a new one */
  constructor(private readonly gateway: SourceFormGateway, readonly of: PullSourceView | null, unitId: string) {
    this.unitId.set(of?.unitId ?? unitId);
    if (of !== null) this.takeUp(of);
    this.before.set(this.text());
  }

  private takeUp(of: PullSourceView): void {
    this.name.set(of.name);
    this.kind.set(of.kind);
    this.place.set(of.place);
    this.rowsPath.set(of.rowsPath);
    this.keyField.set(of.keyField);
    this.valueField.set(of.valueField);
    this.settings.set(of.settings ?? NO_SETTINGS);
    this.headersText.set(sayHeaders(of.settings?.headers ?? []));
    this.mapped.set(plainOf(of));
    this.begunWith = [...plainOf(of).keys()];
    this.base.set(of);
    this.revision.set(of.revision);
  }

  /** What was typed, as the browser may keep it: without secrets. */
  kept(): KeptSourceDraft {
    return withoutSecrets(this.typed());
  }

  /** What was typed on an earlier visit stands here again; secrets have to be typed once more. */
  bringBack(kept: KeptSourceDraft): void {
    for (const one of ['unitId', 'name', 'place', 'rowsPath', 'keyField', 'valueField', 'headersText'] as const) this[one].set(kept[one]);
    this.kind.set(kept.kind);
    this.settings.set(kept.settings);
    const emptied = new Set(kept.emptied);
    // What was bound by somebody else since then is not taken away by having been unknown here.
    const since = this.base() === null ? [] : [...plainOf(this.base())].filter(([key]) => !emptied.has(key));
    this.mapped.set(new Map([...since, ...kept.mapped]));
    this.revision.set(kept.revision ?? this.revision());
  }

  private typed(): KeptSourceDraft {
    return {
      of: this.of?.id ?? null, revision: this.of === null ? null : this.revision(), emptied: this.emptied(), unitId: this.unitId(), name: this.name(), kind: this.kind(), place: this.place(), rowsPath: this.rowsPath(), keyField: this.keyField(), valueField: this.valueField(),
      settings: this.settings(), headersText: this.headersText(), mapped: [...this.mapped()].filter(([, { field, unit }]) => field !== '' || unit !== ''),
    };
  }

  private text(): string {
    return JSON.stringify(this.typed());
  }

  /** Reads the indicators of the unit; those mapped already stay on the list although their table is of another year. @returns whether they stand here now */
  async readIndicators(): Promise<boolean> {
    const unitId = this.unitId();
    this.indicatorsRead.set(false);
    this.indicators.set([]);
    if (unitId === '') return false;
    const answer = await this.gateway.indicators(unitId);
    if (unitId !== this.unitId()) return false;
    this.indicatorsRead.set(true);
    if (!answer.ok) {
      this.refuse(answer.problem);
      return false;
    }
    const known = new Set(answer.value.map((one) => one.key));
    const elsewhere = (this.base()?.mappings ?? []).filter((one) => !known.has(one.indicatorKey)).map((one) => ({ key: one.indicatorKey, name: one.indicatorName, tableTitle: one.tableTitle, unit: one.unit }));
    this.indicators.set([...answer.value, ...elsewhere]);
    return true;
  }

  /** The rows of another unit: what was written for it before stands again, else what still fits a row of it. */
  async chooseUnit(unitId: string): Promise<void> {
    const before = this.mapped();
    if (this.unitId() !== '') this.ofUnits.set(this.unitId(), before);
    const own = this.ofUnits.get(unitId);
    this.unitId.set(unitId);
    this.mapped.set(own ?? before);
    if (!(await this.readIndicators()) || own !== undefined) return;
    const rows = new Set(this.indicators().map((one) => one.key));
    this.mapped.update((mapped) => new Map([...mapped].filter(([key]) => rows.has(key))));
  }

  /** The usual names of the other kind follow, unless others were written. */
  chooseKind(kind: SourceKind): void {
    const before = USUAL[this.kind()];
    if (this.keyField() === before.keyField) this.keyField.set(USUAL[kind].keyField);
    if (this.valueField() === before.valueField) this.valueField.set(USUAL[kind].valueField);
    this.kind.set(kind);
    if (!authKindsOf(kind).includes(this.settings().auth.kind)) this.change({ auth: { kind: 'NONE' } });
    this.trial.set(null);
  }

  /** Part of what the source is asked with anew. */
  change(part: Partial<PullSourceSettings>): void {
    this.settings.set({ ...this.settings(), ...part });
  }

  chooseAuth(kind: PullAuth['kind']): void {
    if (kind !== this.settings().auth.kind) this.change({ auth: emptyAuth(kind) });
  }

  /** A secret is typed; an emptied field leaves the stored one as it is. */
  typeSecret(name: PullSecretName, text: string): void {
    const { [name]: _before, ...others } = this.secrets();
    this.secrets.set(text === '' ? others : { ...others, [name]: text });
  }

  /** Takes a stored secret away when the source is saved; a second press takes that back. */
  removeSecret(name: PullSecretName): void {
    const { [name]: before, ...others } = this.secrets();
    this.secrets.set(before === '' ? others : { ...others, [name]: '' });
  }

  /** Since when a secret is stored; null when none is. */
  storedSince(name: PullSecretName): string | null {
    return this.base()?.secrets.find((one) => one.name === name)?.setAt ?? null;
  }

  map(indicatorKey: string, change: { readonly field?: string; readonly unit?: string }): void {
    const present = this.mapped().get(indicatorKey) ?? { field: '', unit: '' };
    this.mapped.set(new Map([...this.mapped(), [indicatorKey, { ...present, ...change }]]));
  }

  /** Asks the source once for a period. Nothing is kept. */
  async try(periodId: string): Promise<void> {
    if (!this.begin('try')) return;
    this.trial.set(null);
    this.busy.set('trying');
    const answer = await this.gateway.try({ ...this.body(), mappings: this.typedSource().mappings, periodId: periodId as TryPullSourceBody['periodId'], ...(this.of === null ? {} : { sourceId: this.of.id }) });
    this.busy.set(null);
    if (answer.ok) this.trial.set(answer.value);
    else this.refuse(answer.problem);
  }

  /** @returns the source as the server has it; null when it was not saved */
  async save(): Promise<PullSourceView | null> {
    if (!this.begin('save')) return null;
    this.busy.set('saving');
    const { unitId, ...rest } = this.body();
    const answer = this.of === null ? await this.gateway.create({ unitId, ...rest }) : await this.gateway.change(this.of.id, { ...rest, mappings: this.typedSource().mappings, expectedRevision: this.revision() });
    this.busy.set(null);
    this.conflict.set(answer.ok || answer.problem.code !== 'pull.stale-revision' ? null : answer.problem.present as PullSourceView);
    if (answer.ok) return answer.value;
    this.refuse(answer.problem);
    return null;
  }

  /** After a conflict: what is typed here is what counts, from the source as it is now. Bindings that were made meanwhile stay. @returns the saved source, or null */
  keepMine(): Promise<PullSourceView | null> {
    const present = this.conflict();
    if (present === null) return Promise.resolve(null);
    this.base.set(present);
    this.revision.set(present.revision);
    return this.save();
  }

  /** After a conflict: the source as it is now stands here instead of what was typed. */
  takeTheirs(): void {
    const present = this.conflict();
    if (present === null) return;
    this.takeUp(present);
    this.secrets.set({});
    this.conflict.set(null);
    this.problem.set(null);
    this.before.set(this.text());
  }

  private emptied(): readonly string[] {
    return this.begunWith.filter((key) => (this.mapped().get(key)?.field ?? '').trim() === '');
  }

  /** Where the unit stays: with the bindings that are taken away. */
  private typedSource(): TypedSource & Pick<ChangePullSourceBody, 'mappings'> {
    return { name: this.name(), kind: this.kind(), place: this.place(), rowsPath: this.rowsPath(), keyField: this.keyField(), valueField: this.valueField(), settings: this.body().settings, mappings: [...this.mappings(), ...this.emptied().map((indicatorKey) => ({ indicatorKey, field: '', unit: '' }))] };
  }

  /** The place is decided now: the addresses may be mended while the sentence still stands there. */
  private refuse(problem: Problem): void {
    this.problem.set(problem);
    this.problemField.set(fieldOfRefusal(problem, this.place(), this.settings().auth));
  }

  private begin(deed: 'save' | 'try'): boolean {
    if (this.busy() !== null) return false;
    this.problem.set(null);
    this.problemField.set(null);
    this.checked.set(deed);
    return this.gaps().size === 0;
  }

  private body(): CreatePullSourceBody {
    const named = Object.fromEntries(this.secretNames().flatMap((name) => { const text = this.secrets()[name]; return text === undefined ? [] : [[name, text]]; }));
    return {
      unitId: this.unitId() as CreatePullSourceBody['unitId'], name: this.name().trim(), kind: this.kind(), place: this.place().trim(), rowsPath: this.rowsPath().trim() || '$.rows[*]',
      keyField: this.keyField().trim(), valueField: this.valueField().trim(), mappings: this.mappings(),
      settings: { ...this.settings(), headers: this.kind() === 'HTTP_JSON' ? readHeaders(this.headersText()) ?? [] : [] }, secrets: named,
    };
  }
}
