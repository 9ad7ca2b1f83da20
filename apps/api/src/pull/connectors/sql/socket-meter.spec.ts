import { readFileSync } from 'node:fs';
import { type AddressInfo, type Server, Socket, createServer } from 'node:net';
import { connect as connectSecurely, createServer as createSecureServer } from 'node:tls';
import { type Certificates, makeCertificates, opensslIsThere } from '../../../../test/certificates';
import { SocketMeter } from './socket-meter';

const MB = 1_048_576;

/** Asks a server that sends without end, and takes what comes. */
async function drink(server: Server, secure: boolean, allowed: number): Promise<{ readonly cause: unknown; readonly came: number; readonly closed: boolean }> {
  server.on(secure ? 'secureConnection' : 'connection', (socket: Socket) => {
    const piece = Buffer.alloc(MB);
    const pour = (): void => { while (!socket.destroyed && socket.write(piece)); };
    socket.on('drain', pour).on('error', () => undefined);
    pour();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const raw = new Socket();
  const meter = new SocketMeter(raw);
  meter.allow(allowed);
  raw.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const stream = secure ? connectSecurely({ socket: raw, rejectUnauthorized: false }) : raw;
  const closed = new Promise<boolean>((done) => stream.on('close', () => done(true)));
  stream.on('error', () => undefined).resume();
  try {
    const cause: unknown = await meter.exceeded.catch((broke: unknown) => broke);
    return { cause, came: raw.bytesRead, closed: await closed };
  } finally { meter.stop(); server.close(); }
}

describe('a connection on which more comes in than was allowed', () => {
  it('is cut after 10 MB and what the protocol may add, and before twice that', async () => {
    const { cause, came, closed } = await drink(createServer(), false, 10 * MB);
    expect([cause, closed]).toEqual([expect.objectContaining({ kind: 'TOO_LARGE' }), true]);
    expect(came).toBeGreaterThan(14 * MB);
    expect(came).toBeLessThan(28 * MB);
  });
  (opensslIsThere() ? it : it.skip)('and so is one with TLS above it, where nobody but the socket below counts', async () => {
    const certificates: Certificates = makeCertificates();
    const { cause, came, closed } = await drink(createSecureServer({ key: readFileSync(certificates.key), cert: readFileSync(certificates.certificate) }), true, 10 * MB);
    certificates.stop();
    expect([cause, closed]).toEqual([expect.objectContaining({ kind: 'TOO_LARGE' }), true]);
    expect(came).toBeLessThan(28 * MB);
  });
  it('is left alone while it keeps to what is allowed anew from slice to slice', async () => {
    const server = createServer((socket) => { socket.on('data', () => socket.write(Buffer.alloc(3 * MB))).on('error', () => undefined); });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const raw = new Socket();
    const meter = new SocketMeter(raw);
    try {
      raw.connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
      for (let slice = 1; slice <= 5; slice += 1) {
        meter.allow(0);
        raw.write('more');
        while (raw.bytesRead < slice * 3 * MB) await Promise.race([new Promise((done) => raw.once('data', done)), meter.exceeded]);
      }
      expect([raw.destroyed, raw.bytesRead]).toEqual([false, 15 * MB]);
    } finally { meter.stop(); raw.destroy(); server.close(); }
  });
});
