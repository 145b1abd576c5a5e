import { describePublisher } from './compliance/describe-publisher.js';
import { tasks } from './compliance/subjects/tasks.js';

describePublisher(tasks);
