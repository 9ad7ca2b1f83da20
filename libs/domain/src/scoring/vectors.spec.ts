import { runVectors, vectorFiles } from '../../testing/index';

describe('the numbered cases of the scoring law', () => {
  const outcomes = runVectors();

  it.each(vectorFiles.flatMap((file) => file.cases.map((vector) => [vector.id, file.title] as const)))('%s (%s)', (id) => {
    const outcome = outcomes.find((one) => one.id === id);
    expect(outcome?.got).toBe(outcome?.expected);
  });

  it('gives every case a number of its own', () => {
    expect(new Set(outcomes.map((outcome) => outcome.id)).size).toBe(outcomes.length);
  });
});
