import { join } from 'node:path';
import ts from 'typescript';

/** Compiles a few lines as if they were a file of this folder, with the project's own strictness; answers the complaints. */
function complaintsAbout(lines: string): string[] {
  const file = join(__dirname, 'written-in-a-test.ts');
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2023.d.ts'], types: ['node'],
    experimentalDecorators: true, exactOptionalPropertyTypes: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const source = `import type { Db, Tx } from './tx';\ndeclare const db: Db;\ndeclare const tx: Tx;\ndeclare function append(tx: Tx, row: string): void;\ndeclare function current(db: Db): string;\n${lines}\n`;
  host.getSourceFile = (name, version) => (name === file ? ts.createSourceFile(name, source, version) : getSourceFile.call(host, name, version));
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('a write', () => {
  it('compiles with a Tx, and a read with either', () => {
    expect(complaintsAbout(`append(tx, 'row'); current(tx); current(db);`)).toEqual([]);
  });

  it('does not compile without one, nor with one made by hand', () => {
    const complaints = complaintsAbout(`append(db, 'row'); append({ manager: db.manager }, 'row'); const forged: Tx = { manager: db.manager };`);
    expect(complaints).toHaveLength(3);
    expect(complaints.every((text) => /\[writes\]/.test(text))).toBe(true);
  });
});
