using Kinopress.Core.Foundation;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Wakes requests that wait for a live to change: pages of waiting rooms, which would ask every few seconds and still be late.
/// Thread-safe.
/// </summary>
internal sealed class LiveNews(TimeProvider clock)
{
    /// <summary>Beyond it a request is answered at once, as lives stand.</summary>
    public const int MaxWaiting = 20_000;

    // Proxies close what is silent for half a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private int _waiting;

    /// <summary>Raised when something happened to some live, here or on another node, after what is kept of it was dropped.</summary>
    public Signal Changes { get; } = new();

    /// <summary>Reads again and again until what is read has changed, or 25 seconds have passed.</summary>
    /// <returns>What was read last.</returns>
    public async Task<T> WaitAsync<T>(Func<Task<T>> read, Func<T, bool> hasChanged, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return await read();
        }

        try
        {
            var started = clock.GetTimestamp();
            while (true)
            {
                var changed = Changes.WhenRaised;
                var found = await read();
                if (hasChanged(found) || LongestWait - clock.GetElapsedTime(started) is not { Ticks: > 0 } left)
                {
                    return found;
                }

                await WaitAsync(changed, left, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is read once more.
        }
    }
}
