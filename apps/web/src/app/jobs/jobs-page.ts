import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-jobs-page', template: '<h1>任务</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class JobsPage {}
