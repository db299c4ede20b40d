// Loaded before Artillery: the bench is about one worker, and Artillery starts one for each core but one.
import os from 'node:os';

const two = os.cpus().slice(0, 2);
os.cpus = () => two;
