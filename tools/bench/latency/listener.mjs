// The page of the browser that saves: it hears the points of its report over a stream of server-sent events, as the entry page does.
import http from 'node:http';

/** Opens the stream of a report. `hear` is called with every telling of points, as soon as it is read. Resolves with the first one; `close()` leaves. */
export function listenToPoints(url, session, reportId, hear) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let [text, begun] = ['', false];
    const request = http.get({ hostname, port, path: `/api/monitoring-reports/${reportId}/events`, agent: false, headers: { cookie: `jiheng_session=${session.cookie}`, accept: 'text/event-stream' } }, (response) => {
      if (response.statusCode !== 200) { reject(new Error(`the stream was not opened: ${response.statusCode}`)); response.resume(); return; }
      response.setEncoding('utf8').on('error', () => {}).on('data', (part) => {
        text += part;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          if (!event.startsWith('event: points\n')) continue;
          hear(JSON.parse(event.slice(event.indexOf('\ndata: ') + 7)));
          if (!begun) { begun = true; resolve({ close: () => request.destroy() }); }
        }
      });
    });
    request.on('error', (error) => { if (!begun) reject(error); });
  });
}
