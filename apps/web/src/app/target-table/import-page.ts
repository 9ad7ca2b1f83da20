import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-import-page', template: '<h1>导入</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class ImportPage {}
