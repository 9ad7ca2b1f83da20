import { type Workflow, defineWorkflow } from './define-workflow';

/** 自评 states: 填报中, 已送审, 已审核, 已签字, 主管部门已审, 财政已认定, 已退回. */
export type SelfEvaluationState = 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'ACCEPTED' | 'RETURNED';
/** What can be done with a self-evaluation. */
export type SelfEvaluationMove =
  'submit' | 'withdraw' | 'review' | 'unreview' | 'return' | 'sign' | 'acceptDepartment' | 'accept' | 'reopen';

/**
 * 单位自评 of one year: signed in the unit, then accepted by the department and by finance (domain.md §4.3).
 * Each level returns only what lies with it; `return` is one move, and the state tells who may make it.
 */
export function selfEvaluationWorkflow(options: { readonly reviewStep: boolean }): Workflow<SelfEvaluationState, SelfEvaluationMove> {
  return defineWorkflow<SelfEvaluationState, SelfEvaluationMove>({
    document: 'SelfEvaluation',
    initial: 'DRAFT',
    states: {
      DRAFT: { zh: '填报中', en: 'draft', editable: true },
      SUBMITTED: { zh: '已送审', en: 'submitted', editable: false },
      REVIEWED: { zh: '已审核', en: 'reviewed', editable: false },
      SIGNED: { zh: '已签字', en: 'signed', editable: false },
      DEPARTMENT_ACCEPTED: { zh: '主管部门已审核', en: 'accepted by the department', editable: false },
      ACCEPTED: { zh: '财政部门已认定', en: 'accepted by finance', editable: false },
      RETURNED: { zh: '已退回', en: 'returned', editable: true },
    },
    moves: {
      submit: {
        from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED', roles: ['reporter'],
        guards: ['quartersSigned', 'rowsAnswered', 'explanationsGiven', 'evidenceAttached', 'findingsCleared'], owes: null,
        title: { zh: '送审', en: 'Submit' },
      },
      withdraw: {
        from: ['SUBMITTED'], to: 'DRAFT', roles: ['reporter'], guards: ['nextLevelIdle'], owes: null,
        title: { zh: '取消送审', en: 'Withdraw' },
      },
      review: { from: ['SUBMITTED'], to: 'REVIEWED', roles: ['reviewer'], guards: [], owes: null, title: { zh: '审核', en: 'Review' } },
      unreview: {
        from: ['REVIEWED'], to: 'SUBMITTED', roles: ['reviewer'], guards: ['nextLevelIdle'], owes: null,
        title: { zh: '取消审核', en: 'Undo review' },
      },
      return: {
        from: ['SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED'], to: 'RETURNED',
        roles: ['reviewer', 'manager', 'department', 'finance'],
        rolesFrom: { SUBMITTED: ['reviewer', 'manager'], REVIEWED: ['reviewer', 'manager'], SIGNED: ['department'], DEPARTMENT_ACCEPTED: ['department', 'finance'] },
        guards: [], owes: 'OPINION', title: { zh: '退回', en: 'Return' },
      },
      sign: {
        from: options.reviewStep ? ['REVIEWED'] : ['SUBMITTED', 'REVIEWED'], to: 'SIGNED', roles: ['manager'],
        guards: ['scoreCurrent', 'signerDidNotRecord'], owes: null, title: { zh: '签字确认', en: 'Sign' },
      },
      acceptDepartment: {
        from: ['SIGNED'], to: 'DEPARTMENT_ACCEPTED', roles: ['department'], guards: ['signerDidNotRecord'], owes: null,
        title: { zh: '主管部门审核', en: 'Accept (department)' },
      },
      accept: {
        from: ['DEPARTMENT_ACCEPTED'], to: 'ACCEPTED', roles: ['finance'], guards: ['signerDidNotRecord'], owes: null,
        title: { zh: '财政认定', en: 'Accept (finance)' },
      },
      reopen: {
        from: ['SIGNED', 'ACCEPTED'], to: 'RETURNED', roles: ['finance'], guards: [], owes: 'REASON',
        title: { zh: '重新打开', en: 'Reopen' },
      },
    },
  });
}

/** The usual way, with a review between submitting and signing. */
export const SELF_EVALUATION_WORKFLOW = selfEvaluationWorkflow({ reviewStep: true });
