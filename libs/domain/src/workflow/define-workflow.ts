import { type Refusal, type Result, ok } from '../result';
import type { RefusalCode } from '../words/refusal-words';

/** Who may act: 填报人, 审核人, 单位负责人, 主管部门, 财政部门, 管理员. */
export type Role = 'reporter' | 'reviewer' | 'manager' | 'department' | 'finance' | 'administrator';

/** Every role, for loops over all of them. */
export const ROLES: readonly Role[] = ['reporter', 'reviewer', 'manager', 'department', 'finance', 'administrator'];

/**
 * 办理条件: a fact somebody has to establish before a move. Each one blocks unless it is known to hold.
 * periodOpen the content may still be changed today (its period has begun and is not over, or it was returned or given more time) ·
 * rowsAnswered every row has an actual · explanationsGiven owed explanations are written · evidenceAttached owed evidence is there ·
 * findingsCleared no ERROR finding is open and WARN ones are acknowledged · weightsComplete weights reach the required total ·
 * scoreCurrent the score seen is the newest · signerDidNotRecord the signer entered none of the values ·
 * quartersSigned the reports of the year are signed · nextLevelIdle the next level has not opened or acted.
 */
export type Guard =
  | 'periodOpen' | 'rowsAnswered' | 'explanationsGiven' | 'evidenceAttached' | 'findingsCleared' | 'weightsComplete'
  | 'scoreCurrent' | 'signerDidNotRecord' | 'quartersSigned' | 'nextLevelIdle';

/** A text the person has to give with a move: 意见 when returning, 理由 when reopening. */
export type WordsOwed = 'OPINION' | 'REASON';

/** One move of a workflow, as data. */
export interface Move<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
  /** Roles that may make it. The administrator is never among them by rank alone. */
  readonly roles: readonly Role[];
  /** Where who may make it depends on where the document lies; a state not named takes `roles`. */
  readonly rolesFrom?: Readonly<Partial<Record<State, readonly Role[]>>>;
  readonly guards: readonly Guard[];
  readonly owes: WordsOwed | null;
  /** What the button says. */
  readonly title: { readonly zh: string; readonly en: string };
}

/** States and moves of one kind of document. Nothing that is not written here is possible. */
export interface Workflow<State extends string, Name extends string> {
  readonly document: string;
  readonly initial: State;
  readonly states: Readonly<Record<State, { readonly zh: string; readonly en: string; readonly editable: boolean }>>;
  readonly moves: Readonly<Record<Name, Move<State>>>;
}

/** The person who wants to move. */
export interface Actor {
  readonly roles: readonly Role[];
}

/** What is known at the moment of the move. A guard that is absent or anything but `true` blocks. */
export interface MoveFacts {
  readonly guards?: Readonly<Partial<Record<Guard, boolean>>>;
  /** The opinion or reason, as typed. Blank counts as none. */
  readonly words?: string | null;
}

/** What a guard says when it blocks. */
const GUARD_REFUSALS = {
  periodOpen: 'workflow.period-closed',
  rowsAnswered: 'workflow.rows-unanswered',
  explanationsGiven: 'workflow.explanations-owed',
  evidenceAttached: 'workflow.evidence-owed',
  findingsCleared: 'workflow.findings-open',
  weightsComplete: 'workflow.weights-incomplete',
  scoreCurrent: 'workflow.points-changed',
  signerDidNotRecord: 'workflow.signer-recorded',
  quartersSigned: 'workflow.quarters-unsigned',
  nextLevelIdle: 'workflow.next-level-acted',
} as const satisfies Record<Guard, RefusalCode>;

/** 角色 as printed. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  reporter: { zh: '填报人', en: 'reporter' },
  reviewer: { zh: '审核人', en: 'reviewer' },
  manager: { zh: '单位负责人', en: 'manager' },
  department: { zh: '主管部门', en: 'supervising department' },
  finance: { zh: '财政部门', en: 'finance authority' },
  administrator: { zh: '系统管理员', en: 'administrator' },
};

/**
 * Declares a workflow and checks that it is whole: every move starts and ends in a state of the workflow, has a role, and leads
 * somewhere. @throws TypeError on a slip in the data, so that it is found when the program loads.
 */
export function defineWorkflow<State extends string, Name extends string>(workflow: Workflow<State, Name>): Workflow<State, Name> {
  const isState = (state: string): boolean => Object.hasOwn(workflow.states, state);
  if (!isState(workflow.initial)) throw new TypeError(`${workflow.document}: unknown initial state ${workflow.initial}`);
  for (const [name, move] of Object.entries<Move<State>>(workflow.moves)) {
    if (move.roles.length === 0 || move.from.length === 0) throw new TypeError(`${workflow.document}.${name}: nobody or nowhere to start`);
    for (const state of [...move.from, move.to]) if (!isState(state)) throw new TypeError(`${workflow.document}.${name}: unknown state ${state}`);
    if (move.from.includes(move.to)) throw new TypeError(`${workflow.document}.${name}: leads from ${move.to} to itself`);
  }
  return workflow;
}

function rolesOf<State extends string>(move: Move<State>, state: State): readonly Role[] {
  return move.rolesFrom?.[state] ?? move.roles;
}

/** A state as the parameters of a refusal, in both languages. */
export function stateWords(state: { readonly zh: string; readonly en: string }): { readonly state: string; readonly stateEn: string } {
  return { state: state.zh, stateEn: state.en };
}

/** Says who may make a move, in both languages. */
export function refusalOfRole(title: { readonly zh: string; readonly en: string }, roles: readonly Role[]): Refusal {
  const say = (language: 'zh' | 'en', joint: string): string => roles.map((role) => ROLE_WORDS[role][language]).join(joint);
  return { code: 'workflow.not-your-role', params: { move: title.zh, moveEn: title.en, roles: say('zh', '、'), rolesEn: say('en', ', ') } };
}

/** Every reason why this actor cannot make this move now; empty when nothing is in the way. */
export function blockersOf<State extends string, Name extends string>(
  workflow: Workflow<State, Name>, state: State, name: Name, actor: Actor, facts: MoveFacts,
): Refusal[] {
  const move: Move<State> | undefined = Object.hasOwn(workflow.moves, name) ? workflow.moves[name] : undefined;
  const standing = Object.hasOwn(workflow.states, state) ? workflow.states[state] : { zh: state, en: state };
  if (move === undefined || !move.from.includes(state)) {
    return [{ code: 'workflow.move-not-allowed', params: { state: standing.zh, stateEn: standing.en, move: move?.title.zh ?? name, moveEn: move?.title.en ?? name } }];
  }
  const roles = rolesOf(move, state);
  if (!roles.some((role) => actor.roles.includes(role))) {
    return [refusalOfRole(move.title, roles)];
  }
  const blockers: Refusal[] = [];
  if (move.owes !== null && (facts.words ?? '').trim() === '') {
    blockers.push({ code: move.owes === 'OPINION' ? 'workflow.opinion-needed' : 'workflow.reason-needed', params: {} });
  }
  for (const guard of move.guards) {
    // Fails closed: only an explicit yes opens.
    if (facts.guards?.[guard] !== true) blockers.push({ code: GUARD_REFUSALS[guard], params: {} });
  }
  return blockers;
}

/** Moves open to this actor from this state. Words still to be typed (an opinion) do not hide a move; an unmet guard does. */
export function movesFor<State extends string, Name extends string>(
  workflow: Workflow<State, Name>, state: State, actor: Actor, facts: MoveFacts,
): Name[] {
  const spoken: MoveFacts = { ...facts, words: '—' };
  return movesInReach(workflow, state, actor).filter((name) => blockersOf(workflow, state, name, actor, spoken).length === 0);
}

/** Moves that state and role allow, met guards or not: what a screen offers, with the blockers told beside a move it greys out. */
export function movesInReach<State extends string, Name extends string>(workflow: Workflow<State, Name>, state: State, actor: Actor): Name[] {
  return (Object.keys(workflow.moves) as Name[]).filter((name) => {
    const move = workflow.moves[name];
    return move.from.includes(state) && rolesOf(move, state).some((role) => actor.roles.includes(role));
  });
}

/** Makes the move, or refuses with the first reason against it (state, then role, then words, then guards in their order). */
export function applyMove<State extends string, Name extends string>(
  workflow: Workflow<State, Name>, state: State, name: Name, actor: Actor, facts: MoveFacts,
): Result<{ readonly to: State }> {
  const [blocker] = blockersOf(workflow, state, name, actor, facts);
  return blocker === undefined ? ok({ to: workflow.moves[name].to }) : { ok: false, refusal: blocker };
}

/** Whether the content of the document may be changed in this state. */
export function isEditable<State extends string>(workflow: Workflow<State, string>, state: State): boolean {
  return workflow.states[state].editable;
}
