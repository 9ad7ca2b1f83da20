import { type Workflow, defineWorkflow } from './define-workflow';

/** 绩效目标表 states of one version: 编制中, 已送审, 已审核, 已签字, 主管部门已审, 已批复 (in force), 已被替换, 已退回. */
export type TargetTableState =
  'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'APPROVED' | 'SUPERSEDED' | 'RETURNED';
/** What can be done with a version of a target table. */
export type TargetTableMove =
  'submit' | 'withdraw' | 'review' | 'unreview' | 'return' | 'sign' | 'acceptDepartment' | 'approve' | 'supersede';

/**
 * 绩效目标表: drafted, signed in the unit, accepted by the department, approved together with the budget by finance.
 * An approved version never changes again (财预〔2015〕88号 art. 28): {@link mayAdjust} starts a new DRAFT version beside it, and
 * when that one is approved the old one is superseded.
 */
export function targetTableWorkflow(options: { readonly reviewStep: boolean }): Workflow<TargetTableState, TargetTableMove> {
  return defineWorkflow<TargetTableState, TargetTableMove>({
    document: 'PerformanceTargetTable',
    initial: 'DRAFT',
    states: {
      DRAFT: { zh: '编制中', en: 'draft', editable: true },
      SUBMITTED: { zh: '已送审', en: 'submitted', editable: false },
      REVIEWED: { zh: '已审核', en: 'reviewed', editable: false },
      SIGNED: { zh: '已签字', en: 'signed', editable: false },
      DEPARTMENT_ACCEPTED: { zh: '主管部门已审核', en: 'accepted by the department', editable: false },
      APPROVED: { zh: '已批复', en: 'approved', editable: false },
      SUPERSEDED: { zh: '已被新版本替换', en: 'superseded', editable: false },
      RETURNED: { zh: '已退回', en: 'returned', editable: true },
    },
    moves: {
      submit: {
        from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED', roles: ['reporter'], guards: ['weightsComplete', 'findingsCleared'], owes: null,
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
        guards: ['signerDidNotRecord'], owes: null, title: { zh: '签字确认', en: 'Sign' },
      },
      acceptDepartment: {
        from: ['SIGNED'], to: 'DEPARTMENT_ACCEPTED', roles: ['department'], guards: ['signerDidNotRecord'], owes: null,
        title: { zh: '主管部门审核', en: 'Accept (department)' },
      },
      approve: {
        from: ['DEPARTMENT_ACCEPTED'], to: 'APPROVED', roles: ['finance'], guards: ['weightsComplete', 'findingsCleared', 'signerDidNotRecord'], owes: null,
        title: { zh: '批复', en: 'Approve' },
      },
      // Made by the approval of the next version, under the same hand.
      supersede: { from: ['APPROVED'], to: 'SUPERSEDED', roles: ['finance'], guards: [], owes: null, title: { zh: '替换', en: 'Supersede' } },
    },
  });
}

/** The usual way, with a review between submitting and signing. */
export const TARGET_TABLE_WORKFLOW = targetTableWorkflow({ reviewStep: true });
