// Two deployments at a time: much of a fault is waiting
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
