import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

describe('the stylesheet of the component library', () => {
  it('is what the installed version gives for the components in use', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(__dirname, '../../zorro-css.mjs'), '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
