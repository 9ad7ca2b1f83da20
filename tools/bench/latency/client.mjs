// A browser as far as the server sees one: one keep-alive connection, a session, its CSRF token. Written on node:http's agent, whose own cost is
// a fraction of a millisecond.
import http from 'node:http';

/** Asks `url` in the name of a session (`{ cookie, csrf }`). */
export class Browser {
  constructor(url, session) {
    const { hostname, port } = new URL(url);
    this.session = session;
    this.base = { hostname, port, agent: new http.Agent({ keepAlive: true, maxSockets: 1, noDelay: true }) };
  }

  /** Answers `{ status, body }`; a connection that breaks rejects. */
  ask(method, path, body) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { cookie: `jiheng_session=${this.session.cookie}`, 'x-csrf-token': this.session.csrf, ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) };
    return new Promise((resolve, reject) => {
      const request = http.request({ ...this.base, method, path, headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part)).on('error', reject).on('end', () => {
          const told = Buffer.concat(parts);
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({ status: response.statusCode, bytes: told.length, body: isJson && told.length > 0 ? JSON.parse(told.toString()) : told });
        });
      });
      request.on('error', reject);
      request.end(text);
    });
  }

  close() { this.base.agent.destroy(); }
}
