import { type Signal, type WritableSignal, computed, signal } from '@angular/core';
import type { ExecutionView } from '@jiheng/contract';
import {
  type ExecutionScore, type Result, type MoneyPart, type MonitoringLight, type RuleProfile, type Subject, addDecimal, compareDecimal, convertMagnitude, executionLightOf, moneyLinesOf, normalizeDecimal, ok, parseQuantity,
  scoreExecution,
} from '@jiheng/domain';
import { Autosave, type StaleAnswer } from '../saving/autosave';
import type { EntryGateway, ExecutionRowBody } from './entry-gateway';
import type { SaveLane } from '../saving/save-lane';

/** 年初预算数 · 全年预算数（调整后） · 执行数. */
export const MONEY_COLUMNS = ['initial', 'adjusted', 'executed'] as const;
export type MoneyColumn = (typeof MONEY_COLUMNS)[number];
export type MoneyCellName = `${MoneyPart}.${MoneyColumn}`;

/** One amount: what is typed and what it reads as, in 万元. */
export interface MoneyCell {
  readonly name: MoneyCellName;
  readonly part: MoneyPart;
  readonly column: MoneyColumn;
  readonly text: WritableSignal<string>;
  /** Decimal text in 万元; null for an empty cell. */
  readonly amount: Signal<Result<string | null>>;
}

interface Figures {
  readonly rows: ExecutionRowBody[];
  readonly reason: string | null;
}

/** 预算执行 of one report while it is being filled in; saves itself as one thing. */
export class ExecutionDraft {
  /** The lines of this subject's form: the sum on top, its sources below. */
  readonly parts: readonly MoneyPart[];
  readonly cells: readonly MoneyCell[];
  readonly reason: WritableSignal<string>;
  readonly view: WritableSignal<ExecutionView | null>;
  readonly saver: Autosave<Figures, ExecutionView>;
  readonly readable: Signal<boolean>;
  readonly dirty: Signal<boolean>;
  readonly settled: Signal<boolean>;
  /** Rate and what it would earn, live; null while figures cannot be read or no profile is known. */
  readonly score: Signal<ExecutionScore | null>;
  /** 红黄绿灯 of the spending so far. */
  readonly light: Signal<MonitoringLight>;
  readonly isEmpty: Signal<boolean>;
  /** Columns whose total is not the sum of its parts, with that sum. */
  readonly unbalanced: Signal<readonly { readonly column: MoneyColumn; readonly sum: string }[]>;

  constructor(
    view: ExecutionView | null,
    around: { readonly gateway: Pick<EntryGateway, 'recordExecution'>; readonly lane: SaveLane; readonly editable: boolean; readonly profile: RuleProfile | null; readonly ordinal: number; readonly subject: Subject },
    private readonly changed: () => void,
  ) {
    this.view = signal(view);
    this.reason = signal(view?.reason ?? '');
    this.parts = moneyLinesOf(around.subject);
    this.cells = this.parts.flatMap((part) => MONEY_COLUMNS.map((column) => moneyCell(part, column, amountIn(view, part, column) ?? '')));
    this.readable = computed(() => this.cells.every((cell) => cell.amount().ok));
    this.dirty = computed(() => !this.readable() || !sameFigures(this.figures(), figuresOf(this.view(), this.parts)));
    this.score = computed(() => {
      if (around.profile === null || !this.readable()) return null;
      const [initial, adjusted, executed] = MONEY_COLUMNS.map((column) => this.amount('TOTAL', column)) as [string | null, string | null, string | null];
      return initial === null && adjusted === null ? null : scoreExecution({ initial, adjusted: adjusted ?? initial, executed }, around.profile);
    });
    this.light = computed(() => {
      if (!this.readable()) return 'NONE';
      return executionLightOf(this.amount('TOTAL', 'adjusted') ?? this.amount('TOTAL', 'initial'), this.amount('TOTAL', 'executed'), around.ordinal * 3).light;
    });
    this.isEmpty = computed(() => this.cells.every((cell) => cell.text().trim() === ''));
    this.unbalanced = computed(() => this.findUnbalanced());
    this.saver = new Autosave<Figures, ExecutionView>({
      body: () => (around.editable && this.readable() && this.dirty() ? this.figures() : null),
      same: sameFigures,
      send: (figures, requestId) => around.gateway.recordExecution({ requestId, expectedRevision: this.view()?.revision ?? 0, ...figures }),
      stored: (answer) => {
        this.view.set(answer);
        this.changed();
      },
      stale: (present, sent, unanswered) => this.overtaken(present, sent, unanswered),
    }, around.lane);
    this.settled = computed(() => !this.dirty() && this.saver.phase().kind === 'idle');
  }

  cell(part: MoneyPart, column: MoneyColumn): MoneyCell {
    return this.cells[this.parts.indexOf(part) * MONEY_COLUMNS.length + MONEY_COLUMNS.indexOf(column)] as MoneyCell;
  }

  type(cell: MoneyCell, text: string): void {
    cell.text.set(text);
    this.saver.touch();
    this.changed();
  }

  explain(reason: string): void {
    this.reason.set(reason);
    this.saver.touch();
    this.changed();
  }

  leave(): Promise<void> {
    return this.saver.flush();
  }

  /** Puts the sum of the parts into the total of a column. */
  takeSum(column: MoneyColumn, sum: string): void {
    this.type(this.cell('TOTAL', column), sum);
    void this.leave();
  }

  refresh(view: ExecutionView | null): void {
    if ((view?.revision ?? 0) <= (this.view()?.revision ?? 0) || this.saver.phase().kind === 'saving') return;
    const clean = !this.dirty();
    this.view.set(view);
    if (clean) this.show(view);
  }

  takeTheirs(): void {
    this.show(this.view());
    this.changed();
    void this.saver.resolve();
  }

  keepMine(): Promise<void> {
    return this.saver.resolve();
  }

  /** The executed total on both sides of a conflict, for the buttons that choose. */
  theirsSaid(): string {
    return amountIn(this.view(), 'TOTAL', 'executed') ?? '—';
  }

  mineSaid(): string {
    return this.cell('TOTAL', 'executed').text() || '—';
  }

  /** What lies on the shelf of drafts: every text as typed. */
  shelved(): string {
    return JSON.stringify({ cells: Object.fromEntries(this.cells.map((cell) => [cell.name, cell.text()])), reason: this.reason() });
  }

  /** @returns whether the draft says something the server does not know */
  restore(text: string): boolean {
    try {
      const { cells, reason } = JSON.parse(text) as { cells?: Record<string, unknown>; reason?: unknown };
      for (const cell of this.cells) {
        const typed = cells?.[cell.name];
        if (typeof typed === 'string') cell.text.set(typed);
      }
      if (typeof reason === 'string') this.reason.set(reason);
    } catch {
      return false;
    }
    if (!this.dirty()) return false;
    this.saver.touch();
    return true;
  }

  stop(): void {
    this.saver.stop();
  }

  private amount(part: MoneyPart, column: MoneyColumn): string | null {
    const amount = this.cell(part, column).amount();
    return amount.ok ? amount.value : null;
  }

  private figures(): Figures {
    const rows = this.parts.map((part) => ({
      part, initial: this.amount(part, 'initial'), adjusted: this.amount(part, 'adjusted'), executed: this.amount(part, 'executed'),
    }));
    return { rows: rows.filter((row) => row.part === 'TOTAL' || spoken(row)), reason: this.reason().trim() === '' ? null : this.reason().trim() };
  }

  private findUnbalanced(): { column: MoneyColumn; sum: string }[] {
    return MONEY_COLUMNS.flatMap((column) => {
      const parts = this.parts.slice(1).map((part) => this.amount(part, column)).filter((amount) => amount !== null);
      const total = this.amount('TOTAL', column);
      if (parts.length === 0) return [];
      const sum = addDecimal(...parts);
      return total !== null && compareDecimal(total, sum) === 0 ? [] : [{ column, sum }];
    });
  }

  private show(view: ExecutionView | null): void {
    for (const cell of this.cells) cell.text.set(amountIn(view, cell.part, cell.column) ?? '');
    this.reason.set(view?.reason ?? '');
  }

  private overtaken(present: unknown, sent: Figures, unanswered: readonly Figures[]): StaleAnswer {
    if (!isExecutionView(present)) return 'ask';
    this.view.set(present);
    const there = figuresOf(present, this.parts);
    if (sameFigures(there, sent)) return 'settled';
    return unanswered.some((mine) => sameFigures(mine, there)) ? 'resend' : 'ask';
  }
}

function moneyCell(part: MoneyPart, column: MoneyColumn, typed: string): MoneyCell {
  const text = signal(typed);
  return { name: `${part}.${column}`, part, column, text, amount: computed(() => readAmount(text())) };
}

function readAmount(text: string): Result<string | null> {
  if (text.trim() === '') return ok(null);
  const quantity = parseQuantity(text, '万元');
  return quantity.ok ? convertMagnitude(quantity.value.magnitude, quantity.value.unit, '万元') : quantity;
}

function amountIn(view: ExecutionView | null, part: MoneyPart, column: MoneyColumn): string | null {
  return view?.rows.find((row) => row.part === part)?.[column] ?? null;
}

function figuresOf(view: ExecutionView | null, parts: readonly MoneyPart[]): Figures {
  return { rows: (view?.rows ?? []).filter((row) => parts.includes(row.part)), reason: view?.reason ?? null };
}

function spoken(row: ExecutionRowBody): boolean {
  return row.initial !== null || row.adjusted !== null || row.executed !== null;
}

function sameFigures(a: Figures, b: Figures): boolean {
  if ((a.reason ?? '') !== (b.reason ?? '')) return false;
  const parts = new Set([...a.rows, ...b.rows].map((row) => row.part));
  return [...parts].every((part) => MONEY_COLUMNS.every((column) => {
    const [one, other] = [a, b].map((figures) => figures.rows.find((row) => row.part === part)?.[column] ?? null) as [string | null, string | null];
    return one === null || other === null ? one === other : normalizeDecimal(one) === normalizeDecimal(other);
  }));
}

function isExecutionView(thing: unknown): thing is ExecutionView {
  return typeof thing === 'object' && thing !== null && 'revision' in thing && 'rows' in thing && Array.isArray(thing.rows);
}
