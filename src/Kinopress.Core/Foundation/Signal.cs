namespace Kinopress.Core.Foundation;

/// <summary>
/// Wakes whoever waits for new work on this node. Losing a wake-up costs only a polling interval, so it carries
/// nothing and needs no durability. Take <see cref="WhenRaised"/> before looking for work, await it after. Thread-safe.
/// </summary>
public sealed class Signal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes at the next <see cref="Raise"/> after this is read.</summary>
    public Task WhenRaised => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
