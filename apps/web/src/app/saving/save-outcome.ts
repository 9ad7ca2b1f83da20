import type { Answer, Problem } from '../api/problem';

/**
 * What became of something sent to the server, told apart by what the person at the keyboard has to do about it.
 */
export type SaveOutcome<T> =
  | { readonly kind: 'done'; readonly answer: T }
  /** The server said no; `problem` holds the sentence. Sending the same thing again would not help. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Somebody else was faster: `present` is what is there now, unread. */
  | { readonly kind: 'stale'; readonly problem: Problem; readonly present: unknown }
  /** No answer came. It may or may not have been stored: send the same thing under the same request id. */
  | { readonly kind: 'unreachable'; readonly problem: Problem };

/** Nobody answered, or a gateway answered for a server that is down or starting. */
const UNREACHABLE = new Set([0, 502, 503, 504]);

/** Sorts an answer of the api clients. */
export function outcomeOf<T>(answer: Answer<T>): SaveOutcome<T> {
  if (answer.ok) return { kind: 'done', answer: answer.value };
  const { problem } = answer;
  if (UNREACHABLE.has(problem.status)) return { kind: 'unreachable', problem };
  if (problem.status === 409 && problem.present !== undefined && problem.present !== null) return { kind: 'stale', problem, present: problem.present };
  return { kind: 'refused', problem };
}
