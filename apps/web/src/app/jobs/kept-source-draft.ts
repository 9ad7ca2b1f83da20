import type { PullSourceSettings, PullSourceView } from '@jiheng/contract';
import { NO_SETTINGS } from './source-settings';

/** What was typed of a source, as it may lie in the browser while nobody is signed in: everything but secrets. */
export interface KeptSourceDraft {
  /** The source that is changed; null for a new one. */
  readonly of: string | null;
  /** Revision of the source from which it was written; null for a new one. */
  readonly revision: number | null;
  /** Indicators whose field was emptied. */
  readonly emptied: readonly string[];
  readonly unitId: string;
  readonly name: string;
  readonly kind: PullSourceView['kind'];
  readonly place: string;
  readonly rowsPath: string;
  readonly keyField: string;
  readonly valueField: string;
  readonly settings: PullSourceSettings;
  readonly headersText: string;
  readonly mapped: readonly (readonly [string, { readonly field: string; readonly unit: string }])[];
}

/** Names under which keys travel in queries and headers. */
const SECRET_NAME = /auth|cookie|key|pass|pwd|secret|sign|token/iu;

/** Takes out what may be a secret although it has no field of its own: a password or a key in an address, the value of a header that is called like one. */
export function withoutSecrets(draft: KeptSourceDraft): KeptSourceDraft {
  const { auth } = draft.settings;
  return {
    ...draft, place: cleanAddress(draft.place), headersText: draft.headersText.split('\n').map(cleanHeader).join('\n'),
    settings: { ...draft.settings, headers: [], auth: auth.kind === 'OAUTH2' ? { ...auth, tokenUrl: cleanAddress(auth.tokenUrl) } : auth },
  };
}

/** What lies there, when it is a draft of this product. */
export function readKept(text: string | null): KeptSourceDraft | null {
  try {
    const found = JSON.parse(text ?? 'null') as Partial<KeptSourceDraft> | null;
    const texts = [found?.unitId, found?.name, found?.kind, found?.place, found?.rowsPath, found?.keyField, found?.valueField, found?.headersText];
    if (found === null || !texts.every((one) => typeof one === 'string') || !Array.isArray(found.mapped)) return null;
    return { ...(found as KeptSourceDraft), of: found.of ?? null, revision: found.revision ?? null, emptied: found.emptied ?? [], settings: { ...NO_SETTINGS, ...found.settings } };
  } catch {
    return null;
  }
}

function cleanAddress(address: string): string {
  return address.replace(/^([a-z]+:\/\/[^/?#:@]*):[^/?#]*@/iu, '$1@')
    .replace(/([?&])([^=&#]+)=[^&#]*/gu, (whole, mark: string, name: string) => (SECRET_NAME.test(name) ? `${mark}${name}=` : whole));
}

function cleanHeader(line: string): string {
  const [name = ''] = line.split(':');
  return SECRET_NAME.test(name) ? `${name}:` : line;
}
