namespace Kinopress.Server.Ingest;

/// <summary>A beat that all encoders of a site are read on, so that one timer wakes the site for all of them. Stands still while nobody waits. Thread-safe.</summary>
internal sealed class IngestPulse : IDisposable
{
    /// <summary>Added, at most, to what viewers wait; a part of a live lasts 500 ms.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _next;
    private bool _isDisposed;

    public IngestPulse(TimeProvider clock) =>
        _timer = clock.CreateTimer(static pulse => ((IngestPulse?)pulse)?.Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Completes at the next beat, <see cref="Interval"/> from now or sooner.</summary>
    public Task NextAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return Task.CompletedTask;
            }

            if (_next is null)
            {
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }

            return _next.Task;
        }
    }

    /// <summary>Whoever waits stops waiting.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        Beat();
    }

    private void Beat()
    {
        TaskCompletionSource? reached;
        lock (_gate)
        {
            (reached, _next) = (_next, null);
        }

        reached?.TrySetResult();
    }
}
