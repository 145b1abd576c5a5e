import { describePublisher } from './compliance/describe-publisher.js';
import { budget } from './compliance/subjects/budget.js';

describePublisher(budget);
