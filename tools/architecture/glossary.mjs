// One word per thing (docs/glossary.md): words that exported names may not use, and what the thing is called here.
export const bannedWords = {
  Tenant: 'BudgetUnit', Company: 'BudgetUnit', Organisation: 'BudgetUnit', Organization: 'BudgetUnit',
  Kpi: 'Indicator', Metric: 'Indicator', GoalSheet: 'PerformanceTargetTable', TargetDocument: 'PerformanceTargetTable',
  ActualValue: 'Actual', MonitoringRecord: 'MonitoringReport', SelfEval: 'SelfEvaluation', Suggestion: 'Candidate',
  Attachment: 'Evidence', ScoringStrategy: 'ScoringRule', ScoreLog: 'ScoreTrace', TrafficLight: 'MonitoringLight',
  Rejection: 'return', Crawl: 'Pull', AuditLog: 'AuditTrail',
};
