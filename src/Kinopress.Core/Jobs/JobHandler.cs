namespace Kinopress.Core.Jobs;

/// <summary>Runs the jobs of one kind. A new one is made for each run.</summary>
public abstract class JobHandler
{
    public abstract string Kind { get; }

    /// <remarks>
    /// Called at least once for each job. <paramref name="run"/> carries progress out; the token fires when the job is
    /// cancelled, its lease is lost or the site stops.
    /// </remarks>
    /// <exception cref="JobFailedException">The attempt failed for a reason a person can read.</exception>
    public abstract Task RunAsync(Job job, JobRun run, CancellationToken cancellationToken);

    /// <summary>Called once when the last attempt has failed, so that the subject can say so.</summary>
    public virtual Task GiveUpAsync(Job job, JobFailedException reason, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The running attempt as its handler sees it. Thread-safe.</summary>
public sealed class JobRun
{
    private readonly Lock _lock = new();
    private double _progress;
    private double? _speed;

    /// <param name="progress">0 to 1.</param>
    /// <param name="speed">Seconds of media per second; null when unknown.</param>
    public void Report(double progress, double? speed)
    {
        lock (_lock)
        {
            _progress = Math.Clamp(progress, 0, 1);
            _speed = speed;
        }
    }

    internal (double Progress, double? Speed) Latest()
    {
        lock (_lock)
        {
            return (_progress, _speed);
        }
    }
}

/// <summary>An attempt failed for a reason worth telling.</summary>
/// <param name="code">Stable and dotted, as in <c>Failure.Code</c>.</param>
/// <param name="message">Plain words for the creator.</param>
public sealed class JobFailedException(string code, string message, Exception? inner) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Trying again cannot help: the job is dead at once.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Something outside has to be put right first (a missing program, a full disk): waits without using up attempts.</summary>
    public bool WaitsForOwner { get; init; }
}
