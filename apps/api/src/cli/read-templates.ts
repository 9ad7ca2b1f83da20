import { basename } from 'node:path';
import { REFUSAL_WORDS, speak } from '@jiheng/domain';
import type { RecognitionTemplate } from '@jiheng/documents';
import { CommandRefusal, openFile, type Terminal } from './terminal';

/** Form templates of the user's own; a file that is none is told with its name, the key and what is wanted there. */
export async function readTemplates(paths: readonly string[], terminal: Terminal): Promise<readonly RecognitionTemplate[]> {
  const { BUILT_IN_TEMPLATES, readTemplate } = await import('@jiheng/documents');
  const templates: RecognitionTemplate[] = [];
  for (const path of paths) {
    const bytes = await openFile(terminal, path);
    const taken = [...BUILT_IN_TEMPLATES, ...templates].map(({ name }) => name);
    const read = readTemplate(new TextDecoder().decode(bytes), basename(path), taken);
    if (!read.ok) {
      const { code, params } = read.refusal;
      throw new CommandRefusal([{ zh: speak(REFUSAL_WORDS[code], params, 'zh'), en: speak(REFUSAL_WORDS[code], params, 'en') }]);
    }
    templates.push(read.value);
  }
  return templates;
}
