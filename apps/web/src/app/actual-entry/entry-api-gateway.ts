import type { ImportsApi } from '../api/imports-api';
import type { MonitoringReportsApi } from '../api/monitoring-reports-api';
import type { EntryGateway } from './entry-gateway';
import { outcomeOf } from '../saving/save-outcome';

/** The gateway of one report over the api clients. */
export function entryGateway(api: MonitoringReportsApi, imports: ImportsApi, reportId: string): EntryGateway {
  return {
    record: async (indicatorId, body) => outcomeOf(await api.recordActual(reportId, indicatorId, body)),
    settleCandidate: async (candidateId, body) => outcomeOf(await api.settleCandidate(reportId, candidateId, body)),
    explain: async (indicatorId, body) => outcomeOf(await api.explain(reportId, indicatorId, { ...body, explanation: { ...body.explanation, causes: [...body.explanation.causes] } })),
    recordExecution: async (body) => outcomeOf(await api.recordExecution(reportId, body)),
    attachEvidence: async (indicatorId, file, progress) => outcomeOf(await api.attach(reportId, indicatorId, file, progress)),
    removeEvidence: async (indicatorId, evidenceId) => outcomeOf(await api.detach(reportId, indicatorId, evidenceId)),
    history: async (indicatorId) => outcomeOf(await api.history(reportId, indicatorId)),
    move: async (body) => outcomeOf(await api.move(reportId, body)),
    remarks: async () => {
      const answer = await imports.remarks(reportId);
      return answer.ok ? answer.value.remarks : [];
    },
    settleRemark: async (remarkId, choice) => outcomeOf(await imports.settleRemark(remarkId, { choice })),
    reload: async () => {
      const answer = await api.view(reportId);
      return answer.ok ? answer.value : null;
    },
  };
}
