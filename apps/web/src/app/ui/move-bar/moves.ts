import type { Say } from '../../words/dictionary';
import type { CommonKey } from '../../words/zh-cn';

interface MoveManner {
  readonly word: CommonKey;
  /** forward leads on, back takes a step back, and only looks differ. */
  readonly manner: 'forward' | 'back' | 'refuse';
  /** An opinion the other side will read: required, welcome or none. */
  readonly opinion: 'required' | 'optional' | 'none';
}

const MOVES: Readonly<Record<string, MoveManner>> = {
  submit: { word: 'moveSubmit', manner: 'forward', opinion: 'none' },
  withdraw: { word: 'moveWithdraw', manner: 'back', opinion: 'none' },
  review: { word: 'moveReview', manner: 'forward', opinion: 'optional' },
  unreview: { word: 'moveUnreview', manner: 'back', opinion: 'none' },
  return: { word: 'moveReturn', manner: 'refuse', opinion: 'required' },
  sign: { word: 'moveSign', manner: 'forward', opinion: 'optional' },
  reopen: { word: 'moveReopen', manner: 'refuse', opinion: 'required' },
  acceptDepartment: { word: 'moveAcceptDepartment', manner: 'forward', opinion: 'optional' },
  accept: { word: 'moveAccept', manner: 'forward', opinion: 'optional' },
  approve: { word: 'moveApprove', manner: 'forward', opinion: 'optional' },
  adjust: { word: 'moveAdjust', manner: 'back', opinion: 'none' },
};

/** How a move is offered. One this browser does not know is offered plainly under its own name. */
export function mannerOf(move: string): MoveManner {
  return MOVES[move] ?? { word: 'moveUnknown', manner: 'back', opinion: 'optional' };
}

/** The word for a move. */
export function sayMove(move: string, t: Say<CommonKey>): string {
  return t(mannerOf(move).word, { move });
}

/** Forward moves last, so that the strongest button stands at the end, where the eye arrives. */
export function inOrder(moves: readonly string[]): string[] {
  const rank = { refuse: 0, back: 1, forward: 2 } as const;
  return [...moves].sort((a, b) => rank[mannerOf(a).manner] - rank[mannerOf(b).manner]);
}
