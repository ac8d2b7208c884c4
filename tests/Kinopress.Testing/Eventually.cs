namespace Kinopress.Testing;

/// <summary>Waits for what happens by itself, with a deadline, instead of sleeping for a guess.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="what">For the message when it never comes.</param>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what) =>
        GetAsync(async () => await condition() ? what : null, what);

    /// <summary>The first answer that is not null.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
            {
                throw new TimeoutException($"It never came to this: {what}.");
            }

            await Task.Delay(Pause);
        }
    }
}
