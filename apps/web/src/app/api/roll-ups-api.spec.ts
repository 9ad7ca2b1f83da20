import { TestBed } from '@angular/core/testing';
import { aLine, aRollUp } from '../roll-up/testing/a-roll-up';
import { FETCH } from './http';
import { RollUpsApi } from './roll-ups-api';
import { aRefusal, aServer, anAnswer } from './testing/a-refusal';

const PLACE = { unitId: null, fiscalYear: 2024, periodOrdinal: 4 };

function house(...answers: readonly Response[]) {
  AbortSignal.timeout ??= () => new AbortController().signal;
  const { fetch, asked } = aServer(...answers);
  TestBed.configureTestingModule({ providers: [{ provide: FETCH, useValue: fetch }] });
  return { api: TestBed.inject(RollUpsApi), asked };
}

describe('a region with more units below it than fit into one answer', () => {
  const first = aRollUp({ below: [aLine('1', '甲'), aLine('2', '乙')], belowTotal: 3, belowNext: '2' });

  it('is read to its end, piece after piece', async () => {
    const { api, asked } = house(anAnswer(200, first), anAnswer(200, aRollUp({ below: [aLine('3', '丙')], belowTotal: 3 })));
    const answer = await api.whole(PLACE);
    expect(answer.ok && [answer.value.below.map((line) => line.name), answer.value.belowTotal, answer.value.belowNext]).toEqual([['甲', '乙', '丙'], 3, null]);
    expect(asked.map(({ url }) => url)).toEqual(['/api/roll-ups?fiscalYear=2024&periodOrdinal=4', '/api/roll-ups?fiscalYear=2024&periodOrdinal=4&after=2']);
  });

  it('is refused whole where a piece is: a list that looks complete and is not would be worse', async () => {
    const { api } = house(anAnswer(200, first), anAnswer(503, aRefusal('house.not-ready', 503)));
    const answer = await api.whole(PLACE);
    expect(answer.ok ? null : answer.problem.code).toBe('house.not-ready');
  });
});
