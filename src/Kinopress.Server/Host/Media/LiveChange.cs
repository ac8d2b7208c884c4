namespace Kinopress.Server.Host.Media;

/// <summary>Waits for what a live does next.</summary>
internal static class LiveChange
{
    /// <summary>Completes at the change, or when the time is over; leaves nothing behind that ticks on.</summary>
    /// <param name="atMost">Above zero.</param>
    public static async Task WaitAsync(Task changed, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Whoever waits looks once more.
        }
    }
}
