import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({ selector: 'jh-my-work-page', template: '<h1>我的工作</h1>', changeDetection: ChangeDetectionStrategy.OnPush })
export class MyWorkPage {}
