import type { RollUpMeasures } from '@jiheng/contract';
import type { Say } from '../words/dictionary';
import type { CountPart } from './count-bar';
import type { RollUpKey } from './roll-up-words';

/** Documents by how far they are, the furthest first. */
export function stageParts({ stages, unopened }: RollUpMeasures, t: Say<RollUpKey>): readonly CountPart[] {
  return [
    { key: 'signed', count: stages.signed, word: t('signed'), tone: 'good' }, { key: 'reviewed', count: stages.reviewed, word: t('reviewed'), tone: 'done' },
    { key: 'submitted', count: stages.submitted, word: t('submitted'), tone: 'waiting' }, { key: 'entering', count: stages.entering, word: t('entering'), tone: 'open' },
    { key: 'returned', count: stages.returned, word: t('returned'), tone: 'bad' }, { key: 'unopened', count: unopened, word: t('unopened'), tone: 'none' },
  ];
}

/** 优良中差, and what has none. */
export function ratingParts({ ratings, tables }: RollUpMeasures, t: Say<RollUpKey>): readonly CountPart[] {
  const { excellent, good, fair, poor } = ratings;
  return [
    { key: 'excellent', count: excellent, word: t('excellent'), tone: 'good' }, { key: 'good', count: good, word: t('good'), tone: 'waiting' }, { key: 'fair', count: fair, word: t('fair'), tone: 'open' },
    { key: 'poor', count: poor, word: t('poor'), tone: 'bad' }, { key: 'unrated', count: tables - excellent - good - fair - poor, word: t('unrated'), tone: 'none' },
  ];
}

/** Tables by the light of their money. */
export function lightParts({ lights }: RollUpMeasures, t: Say<RollUpKey>): readonly CountPart[] {
  return [
    { key: 'red', count: lights.red, word: t('red'), tone: 'bad' }, { key: 'yellow', count: lights.yellow, word: t('yellow'), tone: 'open' },
    { key: 'green', count: lights.green, word: t('green'), tone: 'good' }, { key: 'unlit', count: lights.none, word: t('unlit'), tone: 'none' },
  ];
}
