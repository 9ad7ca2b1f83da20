import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.ts';
import { type Story, tellAll } from './story.ts';

const wanted = process.argv.slice(2);
const folder = join(root, 'e2e/stories');
const files = readdirSync(folder).filter((file) => file.endsWith('.story.ts') && (!wanted.length || wanted.some((word) => file.includes(word)))).sort();
const stories = await Promise.all(files.map(async (file) => ((await import(join(folder, file))) as { default: Story }).default));
if (!stories.length) throw new Error(`no story matches ${wanted.join(' ')}`);
const startedAt = Date.now();
const failures = await tellAll(stories);
console.log(`  ${stories.length - failures} of ${stories.length} stories in ${Math.round((Date.now() - startedAt) / 1000)} s`);
process.exit(failures ? 1 : 0);
