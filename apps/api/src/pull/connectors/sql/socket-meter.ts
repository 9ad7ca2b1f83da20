import type { Socket } from 'node:net';
import { QueryBroke } from './select';

/**
 * What an answer may weigh beyond its cells: the lengths beside them, and the names of the columns. The most is a slice of 500 rows with 1,600 columns of
 * PostgreSQL (3.4 MB), or the description of 4,096 columns of MySQL.
 */
const FRAMES = 4 * 1_048_576;
/** How often the meter is read. A socket gives way to timers after about 2 MB. */
const EVERY_MS = 5;

/**
 * Cuts a connection on which more comes in than was allowed. Drivers gather a row whole before anybody can count its bytes, so one cell of 600 MB would
 * fill the memory, and a text longer than JavaScript holds would end the process inside the driver. What is metered are the bytes of the TCP socket, with or without TLS.
 */
export class SocketMeter {
  /** Rejected with `TOO_LARGE` when the connection was cut; never settled otherwise. To be raced against the reading. */
  readonly exceeded: Promise<never>;
  private most = FRAMES;
  private readonly clock: NodeJS.Timeout;

  constructor(private readonly socket: Socket) {
    let cut: (cause: Error) => void = () => undefined;
    this.exceeded = new Promise<never>((_, broke) => { cut = broke; });
    // The race may be over, and nobody listening, when the limit is passed.
    this.exceeded.catch(() => undefined);
    this.clock = setInterval(() => {
      if (socket.bytesRead <= this.most) return;
      this.stop();
      cut(new QueryBroke('TOO_LARGE', ''));
      socket.destroy();
    }, EVERY_MS);
  }

  /** From here on so many bytes of cells may come. */
  allow(bytes: number): void {
    this.most = this.socket.bytesRead + bytes + FRAMES;
  }

  stop(): void {
    clearInterval(this.clock);
  }
}
