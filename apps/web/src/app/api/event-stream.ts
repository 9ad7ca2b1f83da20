/** What a page does with what it is told. */
export interface StreamEars {
  /** By the name of the event. */
  readonly on: Readonly<Record<string, (event: MessageEvent<string>) => void>>;
  /** The stream stands, for the first time or again: what happened before nobody told. */
  readonly open?: () => void;
  /** The server has refused the stream (too many of them, no right any more); the browser will not try again by itself. */
  readonly lost?: () => void;
}

/**
 * Listens to a stream of server-sent events while the page can be seen, until the returned function is called. A browser keeps six connections to a server in all its
 * tabs together (HTTP/1.1): tabs in the background let go of theirs, or the seventh open report would wait for ever. Back in sight, a page
 * listens again; every stream of ours begins with how things stand.
 */
export function hearWhileSeen(address: string, ears: StreamEars): () => void {
  let stream: EventSource | null = null;
  const leave = (): void => {
    stream?.close();
    stream = null;
  };
  const listen = (): void => {
    const opened = new EventSource(address);
    stream = opened;
    for (const [name, hear] of Object.entries(ears.on)) opened.addEventListener(name, hear);
    opened.addEventListener('open', () => ears.open?.());
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) ears.lost?.();
    });
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') leave();
    else if (stream === null) listen();
  };
  document.addEventListener('visibilitychange', onVisibility);
  if (document.visibilityState !== 'hidden') listen();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    leave();
  };
}
