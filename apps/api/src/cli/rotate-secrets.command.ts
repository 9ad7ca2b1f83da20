import { serverProgram } from './server-program';
import { CommandRefusal, refuseCommand, sayInto, type Terminal, type Tongue } from './terminal';

interface RotateProgram { readonly rotateAllSecrets: typeof import('../rotate-secrets').rotateAllSecrets }

/** Seals every stored password with the first key. Ends with 2 when some wait for a key that is not there; says which. */
export async function rotateStoredSecrets(terminal: Terminal, tongue: Tongue): Promise<void> {
  for (const name of ['DATABASE_URL', 'JIHENG_SECRET_KEY']) {
    if ((process.env[name] ?? '') === '') refuseCommand(`请设置环境变量 ${name}（与服务器相同）。`, `Set ${name}, as the server has it.`);
  }
  const { rotateAllSecrets } = await serverProgram<RotateProgram>('rotate-secrets', { zh: '更换密钥', en: 'Rotating' });
  const { keyId, resealed, unreadable } = await rotateAllSecrets(process.env).catch((fault: unknown) => {
    // A key of another length is the operator's to mend; its text is not repeated.
    if (fault instanceof Error && fault.message.startsWith('JIHENG_SECRET_KEY')) return refuseCommand(fault.message, fault.message);
    throw fault;
  });
  sayInto(terminal, { zh: `已用密钥 ${keyId} 重新加密 ${resealed} 个密码。`, en: `Sealed ${resealed} secrets anew with the key ${keyId}.` }, tongue);
  if (unreadable.size === 0) return;
  throw new CommandRefusal([...unreadable].map(([id, count]) => ({
    zh: `${count} 个密码用密钥 ${id} 加密，该密钥不在 JIHENG_SECRET_KEY 中（或内容已损坏），没有改动。请补上该密钥后再运行，或在来源设置中重新填写密码。`,
    en: `${count} secrets are sealed with the key ${id}, which JIHENG_SECRET_KEY does not hold (or they are damaged); they stay as they are. Add that key and run this again, or enter the passwords anew.`,
  })));
}
