namespace Kinopress.Rtmp.Connections;

/// <summary>A moment by which something has to have happened; interrupts whatever waits when it passes. Reused without allocating.</summary>
/// <param name="interrupt">Wakes the waiting call, which then asks <see cref="ThrowIfPassed"/>. Spurious wakes are fine.</param>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider clock;
    private readonly Action interrupt;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long startedAt;
    private TimeSpan? length;
    private RtmpFault fault;

    public Deadline(TimeProvider clock, Action interrupt)
    {
        this.clock = clock;
        this.interrupt = interrupt;
        timer = clock.CreateTimer(static state => ((Deadline)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan); // the state given here
    }

    private TimeSpan? Left => length - clock.GetElapsedTime(startedAt);

    /// <param name="after">Null means never.</param>
    /// <param name="ifPassed">What the peer did wrong then.</param>
    public void Start(TimeSpan? after, RtmpFault ifPassed)
    {
        lock (gate)
        {
            startedAt = clock.GetTimestamp();
            length = after;
            fault = ifPassed;
            timer.Change(after ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop() => Start(null, default);

    public void ThrowIfPassed()
    {
        lock (gate)
        {
            if (Left <= TimeSpan.Zero)
            {
                throw new RtmpProtocolException(fault, $"Nothing within {length}");
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void Ring()
    {
        lock (gate)
        {
            // Timers may be early by the grain of their clock, or late from a deadline that has been moved since.
            if (Left is { } left && left > TimeSpan.Zero)
            {
                timer.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        interrupt();
    }
}
