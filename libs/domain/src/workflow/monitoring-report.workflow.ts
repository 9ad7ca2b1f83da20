import { type Workflow, defineWorkflow } from './define-workflow';

/** 监控表 states: 填报中, 已送审, 已审核, 已签字, 已退回. */
export type MonitoringReportState = 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';
/** What can be done with a monitoring report. */
export type MonitoringReportMove = 'submit' | 'withdraw' | 'review' | 'unreview' | 'return' | 'sign' | 'reopen';

const BEFORE_SUBMIT = ['periodOpen', 'rowsAnswered', 'explanationsGiven', 'evidenceAttached', 'findingsCleared'] as const;

/**
 * 绩效运行监控表 of one period (domain.md §4.3). Small units may leave out the review step: a report is then signed as submitted.
 */
export function monitoringReportWorkflow(options: { readonly reviewStep: boolean }): Workflow<MonitoringReportState, MonitoringReportMove> {
  return defineWorkflow<MonitoringReportState, MonitoringReportMove>({
    document: 'MonitoringReport',
    initial: 'DRAFT',
    states: {
      DRAFT: { zh: '填报中', en: 'draft', editable: true },
      SUBMITTED: { zh: '已送审', en: 'submitted', editable: false },
      REVIEWED: { zh: '已审核', en: 'reviewed', editable: false },
      SIGNED: { zh: '已签字', en: 'signed', editable: false },
      RETURNED: { zh: '已退回', en: 'returned', editable: true },
    },
    moves: {
      submit: {
        from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED', roles: ['reporter'], guards: BEFORE_SUBMIT, owes: null,
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
        from: ['SUBMITTED', 'REVIEWED'], to: 'RETURNED', roles: ['reviewer', 'manager'], guards: [], owes: 'OPINION',
        title: { zh: '退回', en: 'Return' },
      },
      sign: {
        from: options.reviewStep ? ['REVIEWED'] : ['SUBMITTED', 'REVIEWED'], to: 'SIGNED', roles: ['manager'],
        guards: ['scoreCurrent', 'signerDidNotRecord'], owes: null, title: { zh: '签字确认', en: 'Sign' },
      },
      reopen: {
        from: ['SIGNED'], to: 'RETURNED', roles: ['manager', 'finance'], guards: [], owes: 'REASON',
        title: { zh: '重新打开', en: 'Reopen' },
      },
    },
  });
}

/** The usual way, with a review between submitting and signing. */
export const MONITORING_REPORT_WORKFLOW = monitoringReportWorkflow({ reviewStep: true });
