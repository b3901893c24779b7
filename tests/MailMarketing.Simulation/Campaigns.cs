namespace MailMarketing.Simulation;

/// <summary>Many seeds, one thread each.</summary>
internal static class Campaigns
{
    /// <summary>Runs seeds from one on; gives what became of them, in order and without their traces.</summary>
    public static List<Verdict> Run(int from, int seeds, int threads, Action<Verdict> tell)
    {
        var verdicts = new Verdict[seeds];
        var next = -1;
        var turn = new Lock();
        void Work()
        {
            for (int index; (index = Interlocked.Increment(ref next)) < seeds;)
            {
                var verdict = Simulator.Run(from + index);
                verdicts[index] = verdict with { Trace = [] };
                lock (turn)
                {
                    tell(verdict);
                }
            }
        }

        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return [.. verdicts];
    }
}
