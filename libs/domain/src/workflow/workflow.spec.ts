import { sayRefusal } from '../words/refusal-words';
import { type Guard, type Move, type MoveFacts, ROLES, type Role, type Workflow, applyMove, blockersOf, defineWorkflow, isEditable, movesFor, movesInReach } from './define-workflow';
import { MONITORING_REPORT_WORKFLOW, monitoringReportWorkflow } from './monitoring-report.workflow';
import { SELF_EVALUATION_WORKFLOW } from './self-evaluation.workflow';
import { TARGET_TABLE_WORKFLOW } from './target-table.workflow';

type Any = Workflow<string, string>;
const all = (workflow: Workflow<never, never> | Any): Any => workflow as Any;
const WORKFLOWS: readonly [string, Any][] = [
  ['monitoring report', all(MONITORING_REPORT_WORKFLOW as unknown as Any)], ['monitoring report without review', all(monitoringReportWorkflow({ reviewStep: false }) as unknown as Any)],
  ['self-evaluation', all(SELF_EVALUATION_WORKFLOW as unknown as Any)], ['target table', all(TARGET_TABLE_WORKFLOW as unknown as Any)],
];

/** What the field allows, written down a second time: state, move, roles, next state. */
const LAW: Readonly<Record<string, readonly (readonly [string, string, string, string])[]>> = {
  'monitoring report': [
    ['DRAFT', 'submit', 'reporter', 'SUBMITTED'], ['RETURNED', 'submit', 'reporter', 'SUBMITTED'], ['SUBMITTED', 'withdraw', 'reporter', 'DRAFT'],
    ['SUBMITTED', 'review', 'reviewer', 'REVIEWED'], ['REVIEWED', 'unreview', 'reviewer', 'SUBMITTED'], ['SUBMITTED', 'return', 'reviewer manager', 'RETURNED'],
    ['REVIEWED', 'return', 'reviewer manager', 'RETURNED'], ['REVIEWED', 'sign', 'manager', 'SIGNED'], ['SIGNED', 'reopen', 'manager finance', 'RETURNED'],
  ],
  'monitoring report without review': [
    ['DRAFT', 'submit', 'reporter', 'SUBMITTED'], ['RETURNED', 'submit', 'reporter', 'SUBMITTED'], ['SUBMITTED', 'withdraw', 'reporter', 'DRAFT'],
    ['SUBMITTED', 'review', 'reviewer', 'REVIEWED'], ['REVIEWED', 'unreview', 'reviewer', 'SUBMITTED'], ['SUBMITTED', 'return', 'reviewer manager', 'RETURNED'],
    ['REVIEWED', 'return', 'reviewer manager', 'RETURNED'], ['SUBMITTED', 'sign', 'manager', 'SIGNED'], ['REVIEWED', 'sign', 'manager', 'SIGNED'],
    ['SIGNED', 'reopen', 'manager finance', 'RETURNED'],
  ],
  'self-evaluation': [
    ['DRAFT', 'submit', 'reporter', 'SUBMITTED'], ['RETURNED', 'submit', 'reporter', 'SUBMITTED'], ['SUBMITTED', 'withdraw', 'reporter', 'DRAFT'],
    ['SUBMITTED', 'review', 'reviewer', 'REVIEWED'], ['REVIEWED', 'unreview', 'reviewer', 'SUBMITTED'], ['SUBMITTED', 'return', 'reviewer manager', 'RETURNED'],
    ['REVIEWED', 'return', 'reviewer manager', 'RETURNED'], ['SIGNED', 'return', 'department', 'RETURNED'], ['DEPARTMENT_ACCEPTED', 'return', 'department finance', 'RETURNED'],
    ['REVIEWED', 'sign', 'manager', 'SIGNED'], ['SIGNED', 'acceptDepartment', 'department', 'DEPARTMENT_ACCEPTED'], ['DEPARTMENT_ACCEPTED', 'accept', 'finance', 'ACCEPTED'],
    ['SIGNED', 'reopen', 'finance', 'RETURNED'], ['ACCEPTED', 'reopen', 'finance', 'RETURNED'],
  ],
  'target table': [
    ['DRAFT', 'submit', 'reporter', 'SUBMITTED'], ['RETURNED', 'submit', 'reporter', 'SUBMITTED'], ['SUBMITTED', 'withdraw', 'reporter', 'DRAFT'],
    ['SUBMITTED', 'review', 'reviewer', 'REVIEWED'], ['REVIEWED', 'unreview', 'reviewer', 'SUBMITTED'], ['SUBMITTED', 'return', 'reviewer manager', 'RETURNED'],
    ['REVIEWED', 'return', 'reviewer manager', 'RETURNED'], ['SIGNED', 'return', 'department', 'RETURNED'], ['DEPARTMENT_ACCEPTED', 'return', 'department finance', 'RETURNED'],
    ['REVIEWED', 'sign', 'manager', 'SIGNED'], ['SIGNED', 'acceptDepartment', 'department', 'DEPARTMENT_ACCEPTED'], ['DEPARTMENT_ACCEPTED', 'approve', 'finance', 'APPROVED'],
    ['APPROVED', 'supersede', 'finance', 'SUPERSEDED'],
  ],
};

const everyGuard = (move: Move<string>): Partial<Record<Guard, boolean>> => Object.fromEntries(move.guards.map((guard) => [guard, true]));
const factsFor = (move: Move<string>): MoveFacts => ({ guards: everyGuard(move), words: '请核对第三行。' });

describe.each(WORKFLOWS)('the way of a %s', (name, workflow) => {
  const states = Object.keys(workflow.states);
  const moves = Object.entries(workflow.moves);
  const law = LAW[name] ?? [];

  it('is open exactly where the field opens it: every state, every move, every role', () => {
    for (const state of states) {
      for (const [moveName, move] of moves) {
        for (const role of ROLES) {
          const lawful = law.find(([from, what, roles]) => from === state && what === moveName && roles.split(' ').includes(role));
          const made = applyMove(workflow, state, moveName, { roles: [role] }, factsFor(move));
          expect({ state, moveName, role, to: made.ok ? made.value.to : null }).toEqual({ state, moveName, role, to: lawful?.[3] ?? null });
          const isOffered = movesFor(workflow, state, { roles: [role] }, { guards: everyGuard(move) }).includes(moveName);
          expect({ state, moveName, role, isOffered }).toEqual({ state, moveName, role, isOffered: lawful !== undefined });
        }
      }
    }
  });

  it('stays shut when one guard is unknown, false or anything but yes', () => {
    for (const [moveName, move] of moves) {
      const state = move.from[0] ?? '';
      const role = (move.rolesFrom?.[state] ?? move.roles)[0] as Role;
      for (const guard of move.guards) {
        for (const answer of [undefined, false, null, 'yes', 1]) {
          const guards = { ...everyGuard(move), [guard]: answer } as Partial<Record<Guard, boolean>>;
          const made = applyMove(workflow, state, moveName, { roles: [role] }, { guards, words: '意见' });
          expect({ moveName, guard, answer, ok: made.ok }).toEqual({ moveName, guard, answer, ok: false });
        }
      }
      if (move.guards.length > 0) expect(applyMove(workflow, state, moveName, { roles: [role] }, {}).ok).toBe(false);
    }
  });

  it('asks for words where words are owed', () => {
    for (const [moveName, move] of moves.filter(([, candidate]) => candidate.owes !== null)) {
      const state = move.from[0] ?? '';
      const role = (move.rolesFrom?.[state] ?? move.roles)[0] as Role;
      for (const words of [undefined, null, '', '  \n']) {
        const blockers = blockersOf(workflow, state, moveName, { roles: [role] }, { guards: everyGuard(move), ...(words === undefined ? {} : { words }) });
        expect(blockers.map((blocker) => blocker.code)).toEqual([move.owes === 'OPINION' ? 'workflow.opinion-needed' : 'workflow.reason-needed']);
      }
      expect(movesFor(workflow, state, { roles: [role] }, { guards: everyGuard(move) })).toContain(moveName);
    }
  });

  it('lets content be edited only as a draft or after a return', () => {
    for (const state of states) expect({ state, editable: isEditable(workflow, state) }).toEqual({ state, editable: state === 'DRAFT' || state === 'RETURNED' });
  });

  it('leaves no state that cannot be reached', () => {
    const reached = new Set([workflow.initial]);
    for (let grew = true; grew;) {
      grew = false;
      for (const [, move] of moves) if (!reached.has(move.to) && move.from.some((state) => reached.has(state))) { reached.add(move.to); grew = true; }
    }
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('gives the administrator no move by rank', () => {
    for (const state of states) expect(movesInReach(workflow, state, { roles: ['administrator'] })).toEqual([]);
  });
});

describe('a refused move', () => {
  it('says what stands in the way, in both languages', () => {
    const made = applyMove(MONITORING_REPORT_WORKFLOW, 'SIGNED', 'submit', { roles: ['reporter'] }, {});
    expect(made.ok ? '' : sayRefusal(made.refusal)).toBe('当前状态“已签字”下不能“送审”。');
    const other = applyMove(MONITORING_REPORT_WORKFLOW, 'REVIEWED', 'sign', { roles: ['reporter'] }, {});
    expect(other.ok ? '' : sayRefusal(other.refusal)).toBe('“签字确认”须由单位负责人办理。');
    expect(other.ok ? '' : sayRefusal(other.refusal, 'en')).toBe('“Sign” is done by: manager.');
    const silent = blockersOf(MONITORING_REPORT_WORKFLOW, 'DRAFT', 'submit', { roles: ['reporter'] }, {});
    expect(silent).toHaveLength(5);
    for (const blocker of silent) expect(`${sayRefusal(blocker)}${sayRefusal(blocker, 'en')}`).not.toMatch(/[{}]/);
  });

  it('is refused for a name that is no move, even one that every object has', () => {
    expect(applyMove(MONITORING_REPORT_WORKFLOW as unknown as Any, 'DRAFT', 'constructor', { roles: ['reporter'] }, {}).ok).toBe(false);
    expect(applyMove(MONITORING_REPORT_WORKFLOW as unknown as Any, 'toString', 'submit', { roles: ['reporter'] }, {}).ok).toBe(false);
  });
});

describe('a workflow with a slip in it', () => {
  const move: Move<'A' | 'B'> = { from: ['A'], to: 'B', roles: ['reporter'], guards: [], owes: null, title: { zh: '送审', en: 'Submit' } };
  const word = { zh: '态', en: 'state', editable: true };
  const of = (changed: Partial<Move<'A' | 'B'>>, initial: 'A' | 'B' = 'A') => () =>
    defineWorkflow({ document: 'x', initial, states: { A: word, B: word }, moves: { go: { ...move, ...changed } } });

  it('does not load', () => {
    expect(of({})).not.toThrow();
    expect(of({ roles: [] })).toThrow(TypeError);
    expect(of({ from: [] })).toThrow(TypeError);
    expect(of({ to: 'A' })).toThrow(TypeError);
    expect(of({ to: 'C' as 'A' })).toThrow(TypeError);
    expect(of({}, 'C' as 'A')).toThrow(TypeError);
  });
});
