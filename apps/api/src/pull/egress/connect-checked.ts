import { type LookupFunction, type Socket, type TcpNetConnectOpts, connect } from 'node:net';
import type { CheckedAddresses } from './egress';

/** How long one address may take before the next is tried beside it; the last has whatever time is left. Node's own 250 ms would give up a county behind a slow line. */
const ATTEMPT_MS = 2_000;
/** Stands for the name where a socket is opened: whatever is asked for it, the answer is the addresses that were checked. */
const NO_NAME = 'checked.invalid';

/** With what a connection goes to the addresses that were checked, one after the other until one answers, and never asks for the name again. */
export function toChecked(addresses: CheckedAddresses): Pick<TcpNetConnectOpts, 'lookup' | 'autoSelectFamily' | 'autoSelectFamilyAttemptTimeout'> {
  const lookup: LookupFunction = (_host, options, done) => {
    const [{ address, family }] = addresses;
    if (options.all === true) done(null, addresses.map((one) => ({ ...one })));
    else done(null, address, family);
  };
  return { lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: ATTEMPT_MS };
}

/** Opens a socket to the first of the checked addresses that answers. */
export function connectChecked(addresses: CheckedAddresses, port: number): Socket {
  return connect(checkedSpot(addresses, port));
}

/** The same for a socket that a driver opens by itself: wherever it is told to go, it goes there. */
export function bindChecked(socket: Socket, addresses: CheckedAddresses, port: number): Socket {
  const open = socket.connect.bind(socket) as (spot: TcpNetConnectOpts) => Socket;
  return Object.assign(socket, { connect: () => open(checkedSpot(addresses, port)) });
}

function checkedSpot(addresses: CheckedAddresses, port: number): TcpNetConnectOpts {
  return { host: NO_NAME, port, ...toChecked(addresses) };
}
