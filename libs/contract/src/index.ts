export * from './decimal-text';
export * from './ids';
export * from './problem.contract';
export * from './session.contract';
export * from './target-table.contract';
export * from './monitoring-report.contract';
export * from './self-evaluation.contract';
export * from './job.contract';
