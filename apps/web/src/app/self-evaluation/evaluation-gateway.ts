import type { ReportArtifactView, SelfEvaluationView } from '@jiheng/contract';
import { type SaveOutcome, outcomeOf } from '../saving/save-outcome';
import type { MoveBody, Moved } from '../api/moves';
import type { Answer } from '../api/problem';
import type { AnswerSelfEvaluationRowBody, SelfEvaluationsApi, WriteChapterBody } from '../api/self-evaluations-api';

/** What the page asks of the server about one self-evaluation; a spec fulfils it with answers of its own. */
export interface EvaluationGateway {
  view(): Promise<Answer<SelfEvaluationView>>;
  /** A stale revision comes back with the whole document as it is now. */
  answerRow(indicatorId: string, body: AnswerSelfEvaluationRowBody): Promise<SaveOutcome<SelfEvaluationView>>;
  write(chapterId: string, body: WriteChapterBody): Promise<SaveOutcome<SelfEvaluationView>>;
  requestReport(format: 'xlsx' | 'docx'): Promise<Answer<ReportArtifactView>>;
  move(body: MoveBody): Promise<Answer<Moved>>;
}

/** The gateway of one self-evaluation over the api client. */
export function evaluationGateway(api: SelfEvaluationsApi, id: string): EvaluationGateway {
  const withPresent = async (answer: Answer<SelfEvaluationView>): Promise<SaveOutcome<SelfEvaluationView>> => {
    if (answer.ok || answer.problem.status !== 409) return outcomeOf(answer);
    // The refusal says who was faster, and not what they wrote.
    const now = await api.view(id);
    return now.ok ? { kind: 'stale', problem: answer.problem, present: now.value } : { kind: 'unreachable', problem: now.problem };
  };
  return {
    view: () => api.view(id),
    answerRow: async (indicatorId, body) => withPresent(await api.answerRow(id, indicatorId, body)),
    write: async (chapterId, body) => withPresent(await api.writeChapter(id, chapterId, body)),
    requestReport: (format) => api.requestReport(id, { format }),
    move: (body) => api.move(id, body),
  };
}

/** The document that a stale save brings along; it was fetched by this browser itself. */
export function presentView(present: unknown): SelfEvaluationView {
  return present as SelfEvaluationView;
}
