// The load: a process of its own with raw keep-alive connections, one request in flight on each, so that little of the machine goes to asking.
// Takes { port, paths, cookies, connections, warmUpSeconds, seconds, seed, tables, tableSeed } as JSON in argv; answers one line of JSON.
import net from 'node:net';
import { idOf, prng } from '../../generate/province.mjs';

const said = JSON.parse(process.argv[2]);
const chance = prng(said.seed);
const head = Buffer.from('\r\n\r\n');
let counting = false, ended = false, errors = 0, bytes = 0, all = 0;
const took = [];

/** The next request, about a table drawn by chance. */
function next(cookie) {
  const id = idOf(said.tableSeed, 'table', Math.floor(chance() * said.tables));
  return `GET /api/target-tables/${id} HTTP/1.1\r\nhost: 127.0.0.1:${said.port}\r\ncookie: jiheng_session=${cookie}\r\n\r\n`;
}

function connection(at) {
  const cookie = said.cookies[at % said.cookies.length];
  const socket = net.connect({ port: said.port, host: '127.0.0.1', noDelay: true });
  let held = null, begun = 0, whole = 0;
  const ask = () => {
    if (ended) { socket.destroy(); return; }
    held = null; whole = 0;
    begun = performance.now();
    socket.write(next(cookie));
  };
  socket.on('connect', ask);
  socket.on('error', () => { if (!ended) { errors += 1; ended = true; } });
  socket.on('data', (chunk) => {
    held = held === null ? chunk : Buffer.concat([held, chunk]);
    if (whole === 0) {
      const end = held.indexOf(head);
      if (end < 0) return;
      const top = held.latin1Slice(0, end);
      const length = /\r\ncontent-length: (\d+)/i.exec(top);
      if (length === null) throw new Error(`an answer without its length: ${top}`);
      whole = end + 4 + Number(length[1]);
      if (!top.startsWith('HTTP/1.1 200')) errors += 1;
    }
    if (held.length < whole) return;
    all += 1;
    if (counting) { took.push(performance.now() - begun); bytes += whole; }
    ask();
  });
}

for (let at = 0; at < said.connections; at++) connection(at);
setTimeout(() => { counting = true; }, said.warmUpSeconds * 1000);
setTimeout(() => {
  ended = true;
  const inOrder = Float64Array.from(took).sort();
  const at = (share) => inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0;
  console.log(JSON.stringify({ requests: took.length, all, perSecond: took.length / said.seconds, p50: at(0.5), p99: at(0.99), errors, bytes }));
  process.exit(0);
}, (said.warmUpSeconds + said.seconds) * 1000);
