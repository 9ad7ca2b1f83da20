/**
 * How much of the work of something was done by this thread in its longest stretch without a turn for anybody else: 1 when nobody had one. A share, and of processor time: on a crowded machine
 * a stretch by the clock is as long as others make it.
 */
export async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  const ofThread = (): number => inAll(process.threadCpuUsage());
  const ofProcess = (): number => inAll(process.cpuUsage());
  const begun = ofProcess();
  let [last, longest] = [ofThread(), 0];
  const turn = (): void => { const now = ofThread(); longest = Math.max(longest, now - last); last = now; };
  const timer = setInterval(turn, 5);
  try { await work(); turn(); } finally { clearInterval(timer); }
  return longest / (ofProcess() - begun);
}

function inAll({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
