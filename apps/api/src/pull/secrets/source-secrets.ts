import { inspect } from 'node:util';
import type { PullSecretName } from '@jiheng/contract';

/** The opened secrets of one source, for the length of one asking. They are told by name and never show themselves: neither as JSON nor in a log. */
export class SourceSecrets {
  readonly #texts: ReadonlyMap<PullSecretName, string>;
  readonly #learnt = new Set<string>();

  constructor(texts: ReadonlyMap<PullSecretName, string> = new Map()) {
    this.#texts = texts;
  }

  /** The secret, or null when there is none. */
  get(name: PullSecretName): string | null {
    return this.#texts.get(name) ?? null;
  }

  /** A token that was fetched with these secrets: it is as secret as they are. */
  learn(token: string): void {
    this.#learnt.add(token);
  }

  /** All of them and what was learnt, for taking them out of an answer that repeats them. */
  all(): readonly string[] {
    return [...this.#texts.values(), ...this.#learnt];
  }

  toJSON(): string {
    return '[…]';
  }

  [inspect.custom](): string {
    return '[…]';
  }
}

const WORDS: Readonly<Record<PullSecretName, readonly [string, string]>> = {
  PASSWORD: ['密码', 'password'], TOKEN: ['访问令牌', 'access token'], CLIENT_SECRET: ['客户端密钥', 'client secret'], PRIVATE_KEY: ['私钥', 'private key'],
};

/** A secret's name in both languages, as parameters of a sentence. */
export function secretWords(name: PullSecretName): { readonly secret: string; readonly secretEn: string } {
  return { secret: WORDS[name][0], secretEn: WORDS[name][1] };
}
