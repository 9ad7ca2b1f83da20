import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-target-table-page', template: '<h1>绩效目标表</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class TargetTablePage {}
