/** How much of the time of some work went by in its longest stretch without a turn for anybody else: 1 when nobody had one. A share and no time, for a crowded machine makes both longer. */
export async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  let [last, longest] = [begun, 0];
  const turn = (): void => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; };
  const timer = setInterval(turn, 5);
  try { await work(); turn(); } finally { clearInterval(timer); }
  return longest / (performance.now() - begun);
}
