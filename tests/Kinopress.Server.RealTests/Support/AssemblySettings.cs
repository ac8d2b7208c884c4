// Every test runs encoders and servers of its own: two at once would only take turns.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
