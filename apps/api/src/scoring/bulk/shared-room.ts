import { Socket } from 'node:net';

/** Bytes that one reading of the connection takes at most. */
const ROOM = 1 << 17;
const shared = new WeakSet<object>();

/**
 * A connection that reads into one room, again and again: a bulk read makes a new room of 64 kB for every few rows otherwise, and the
 * collector of garbage comes for each megabyte of them. The driver, which keeps what it is given, is given copies; see {@link share}.
 * @param bytes size of the room
 */
export function socketWithRoom(bytes = ROOM): Socket {
  const socket: Socket = new Socket({ onread: { buffer: Buffer.allocUnsafeSlow(bytes), callback: (count, room) => {
    const chunk = Buffer.from(room.buffer, room.byteOffset, count);
    socket.emit('data', shared.has(socket) ? chunk : Buffer.from(chunk));
    return true;
  } } });
  return socket;
}

/** Whether whoever reads this connection now is done with each chunk when it returns: then chunks are shown where they lie and overwritten by the next. */
export function share(socket: object, isShared: boolean): void {
  if (isShared) shared.add(socket);
  else shared.delete(socket);
}

/** Whether a connection to this address speaks in the clear; what encrypts reads in its own way. */
export function isPlain(url: string): boolean {
  return !/[?&]ssl/.test(url) && (process.env['PGSSLMODE'] ?? 'disable') === 'disable';
}
