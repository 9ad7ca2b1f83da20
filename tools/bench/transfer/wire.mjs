// What comes over the wire to one page, as Chromium counts it.

/** What counts as the application; answers of the API are data and are told beside it. */
export const PARTS = ['Document', 'Script', 'Stylesheet', 'Font', 'Image'];

/** Listens to a page's network; ask `arrived()` for what has come whole so far (an event stream never ends and is left out). */
export async function tapWire(page) {
  const requests = new Map(), headerBytes = new Map();
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Network.responseReceivedExtraInfo', ({ requestId, headersText }) => { headerBytes.set(requestId, Buffer.byteLength(headersText ?? '')); });
  devtools.on('Network.responseReceived', ({ requestId, response, type }) => {
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? 'plain';
    requests.set(requestId, { path: new URL(response.url).pathname, type, encoding });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = requests.get(requestId);
    if (one === undefined) return;
    one.headers = headerBytes.get(requestId) ?? 0;
    one.body = encodedDataLength - one.headers;
  });
  await devtools.send('Network.enable');
  return { arrived: () => [...requests.values()].filter(({ body }) => body !== undefined) };
}

/** Sums of what arrived, in bytes. */
export function figuresOf(arrived) {
  const parts = arrived.filter(({ type }) => PARTS.includes(type));
  const sum = (list, what = 'body') => list.reduce((total, one) => total + one[what], 0);
  return {
    files: parts.length, application: sum(parts), api: sum(arrived.filter((one) => !parts.includes(one))), headers: sum(arrived, 'headers'),
    byType: PARTS.map((type) => sum(parts.filter((one) => one.type === type))),
    largest: [...parts].sort((a, b) => b.body - a.body).slice(0, 8),
    notBrotli: parts.filter((one) => one.encoding !== 'br' && one.body > 1000),
  };
}
