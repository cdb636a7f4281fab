import { readFile } from 'node:fs/promises';

/** Ticks a second in /proc: the same on every Linux that we know. */
const TICKS = 100;

/** Processor time in seconds and resident memory in MB of a process, from /proc (Linux only). */
export async function costOf(pid: number): Promise<{ cpuSeconds: number; memoryMb: number; peakMb: number }> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  // The name in brackets may hold spaces: what is counted begins behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    memoryMb: kilobytes('VmRSS') / 1_024,
    peakMb: kilobytes('VmHWM') / 1_024,
  };
}
