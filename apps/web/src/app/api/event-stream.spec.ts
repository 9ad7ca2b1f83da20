import { hearWhileSeen } from './event-stream';

/** The browser's connection, which jsdom has not. */
class Connection extends EventTarget {
  static readonly all: Connection[] = [];
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly address: string) {
    super();
    Connection.all.push(this);
  }
  close(): void {
    this.readyState = Connection.CLOSED;
  }
}

const standing = (): Connection[] => Connection.all.filter((one) => one.readyState !== Connection.CLOSED);

function look(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('what a tab is told', () => {
  beforeEach(() => {
    Object.assign(globalThis, { EventSource: Connection });
    Connection.all.length = 0;
    look('visible');
  });

  it('takes a connection only while it can be seen: seven reports in seven tabs leave the seventh one free to load', () => {
    const told: string[] = [];
    let opened = 0;
    const leave = hearWhileSeen('/api/jobs/events', { on: { job: (event) => told.push(event.data) }, open: () => { opened += 1; } });
    expect(standing().map((one) => one.address)).toEqual(['/api/jobs/events']);

    look('hidden');
    expect(standing()).toHaveLength(0);

    look('visible');
    look('visible');
    expect(standing()).toHaveLength(1);
    standing()[0]?.dispatchEvent(new Event('open'));
    standing()[0]?.dispatchEvent(new MessageEvent('job', { data: '26.4' }));
    expect([opened, told]).toEqual([1, ['26.4']]);

    leave();
    look('hidden');
    look('visible');
    expect(standing()).toHaveLength(0);
  });

  it('opened in the background waits until somebody looks', () => {
    look('hidden');
    const leave = hearWhileSeen('/api/jobs/events', { on: {} });
    expect(Connection.all).toHaveLength(0);
    look('visible');
    expect(standing()).toHaveLength(1);
    leave();
  });

  it('says that it is lost only when the browser has given up, and tries again when somebody comes back', () => {
    let lost = 0;
    const leave = hearWhileSeen('/api/jobs/events', { on: {}, lost: () => { lost += 1; } });
    const [first] = standing();
    first?.dispatchEvent(new Event('error'));
    expect(lost).toBe(0);
    first?.close();
    first?.dispatchEvent(new Event('error'));
    expect(lost).toBe(1);
    look('hidden');
    look('visible');
    expect(standing()).toHaveLength(1);
    leave();
  });
});
