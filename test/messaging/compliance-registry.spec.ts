import { describePublisher } from './compliance/describe-publisher.js';
import { registry } from './compliance/subjects/registry.js';

describePublisher(registry);
